import { Button, Group, Modal, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { z } from 'zod'
import {
  ClientDraft,
  countClients,
  createClient,
  findTwins,
  listClients,
  myGaps,
} from '#features/clients/contract.ts'
import { parseContacts } from '#shared/contacts.ts'
import { call, query, refresh } from '#web/api.ts'
import { ContactInput } from '#web/form/ContactInput.tsx'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { TaxNumberInput } from '#web/form/TaxNumberInput.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { notifyDone } from '#web/layout/notify.tsx'
import { useMe } from '#web/session.ts'
import { TwinsNotice } from './TwinsNotice.tsx'
import { useDictionaries } from './use-dictionaries.ts'

/** What is enough to begin a card; the rest is entered on the card itself. */
const NewClient = z.object({
  name: ClientDraft.shape.name,
  inn: z.string().max(100),
  phone: z.string().max(500),
  email: z.string().max(500),
  ownerId: z.string().nullable(),
  comment: z.string().max(20_000),
})

/** Enters a client in a few seconds and warns of likely twins while it is typed. */
export function NewClientDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('clients.new')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <NewClientForm onClose={onClose} />
    </Modal>
  )
}

function NewClientForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const { users } = useDictionaries()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { cityCode } = me.company
  const { form, field, onSubmit, failure, pending } = useContractForm(NewClient, {
    initial: {
      name: '',
      inn: '',
      phone: '',
      email: '',
      ownerId: me.role === 'head' ? null : me.id,
      comment: '',
    },
    send: ({ name, inn, phone, email, ownerId, comment }) =>
      call(createClient, {
        name,
        inn: inn || null,
        comment: comment || null,
        ownerId,
        contacts: [
          ...parseContacts('phone', phone, { cityCode }),
          ...parseContacts('email', email, { cityCode }),
        ].map(({ kind, value, label, note, doNotCall }) => ({ kind, value, label, note, doNotCall })),
      }),
    onDone: async (client) => {
      notifyDone(client.name)
      void refresh(queries, listClients, countClients, myGaps)
      // One move closes the dialog and opens the card: two would race.
      const search = ({ new: _, ...rest }: Record<string, unknown>) => rest
      await navigate({ to: '/clients/$id', params: { id: client.id }, search } as never)
    },
  })
  const typed = form.values
  const [asked] = useDebouncedValue(
    { name: typed.name, inn: typed.inn, phone: typed.phone, email: typed.email },
    300,
  )
  const worth =
    asked.name.trim().length >= 3 ||
    asked.inn.length >= 9 ||
    asked.phone.replace(/\D/g, '').length >= 7 ||
    asked.email.includes('@')
  const twins = useQuery({
    ...query(findTwins, {
      ...(asked.name.trim() && { name: asked.name.trim() }),
      ...(asked.inn.trim() && { inn: asked.inn.trim() }),
      ...(asked.phone.trim() && {
        phones: parseContacts('phone', asked.phone, { cityCode }).map(({ value }) => value),
      }),
      ...(asked.email.trim() && { emails: parseContacts('email', asked.email).map(({ value }) => value) }),
    }),
    enabled: worth,
    placeholderData: keepPreviousData,
  })
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        <TextInput
          label={t('clients.name')}
          description={t('clients.name-hint')}
          data-autofocus
          {...field('name')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <ContactInput
            kind="phone"
            label={t('clients.phone')}
            {...field('phone')}
            value={typed.phone}
            withAsterisk={false}
          />
          <ContactInput
            kind="email"
            label={t('clients.email')}
            {...field('email')}
            value={typed.email}
            withAsterisk={false}
          />
          <TaxNumberInput
            number="inn"
            label={t('clients.inn')}
            {...field('inn')}
            value={typed.inn}
            withAsterisk={false}
          />
          {me.role !== 'manager' && (
            <Select
              label={t('clients.owner')}
              clearable
              searchable
              placeholder={t('clients.nobody')}
              data={users
                .filter((user) => user.active && user.role !== 'admin')
                .map((user) => ({ value: user.id, label: user.name }))}
              {...form.getInputProps('ownerId')}
            />
          )}
        </SimpleGrid>
        <Textarea label={t('clients.comment')} autosize minRows={2} maxRows={8} {...field('comment')} />
        <TwinsNotice twins={worth ? (twins.data ?? []) : []} />
        <Group justify="space-between">
          <FormFoot submit={t('clients.create-more')} pending={pending} failure={failure}>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('shell.cancel')}
            </Button>
          </FormFoot>
        </Group>
      </Stack>
    </form>
  )
}
