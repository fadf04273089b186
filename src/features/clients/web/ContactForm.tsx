import { Button, Group, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Contact, ContactDraft } from '#features/clients/contract.ts'
import { contactKindTitles } from '#features/clients/fields.ts'
import { ContactKind } from '#shared/verdict.ts'
import { ContactInput } from '#web/form/ContactInput.tsx'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './card.module.css'
import type { Dictionaries } from './use-dictionaries.ts'

interface ContactFormProps {
  contact?: Contact
  dictionaries: Dictionaries
  onCancel: () => void
  onDone: (draft: ContactDraft) => Promise<void>
}

/** A contact as it is entered: its kind, value with its verdict, label and note. */
export function ContactForm({ contact, dictionaries, onCancel, onDone }: ContactFormProps) {
  const { t, i18n } = useTranslation()
  const [kind, setKind] = useState<ContactKind>(contact?.kind ?? 'phone')
  const [value, setValue] = useState(contact?.value ?? '')
  const [label, setLabel] = useState(contact?.label ?? '')
  const [note, setNote] = useState(contact?.note ?? '')
  const [pending, setPending] = useState(false)
  const labels = [...new Set([...dictionaries.labelsOf(kind), ...(label ? [label] : [])])]
  const save = async () => {
    if (value.trim() === '') return
    setPending(true)
    await onDone({
      ...(contact && { id: contact.id, primary: contact.primary, doNotCall: contact.doNotCall }),
      kind,
      value: value.trim(),
      label: label || null,
      note: note || null,
    })
    setPending(false)
  }
  return (
    <form
      className={classes.editor}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Group gap={6} align="flex-start" wrap="wrap">
        <Select
          size="xs"
          w={120}
          aria-label={t('clients.card.kind')}
          allowDeselect={false}
          data={ContactKind.options.map((option) => ({
            value: option,
            label: contactKindTitles[option][i18n.language],
          }))}
          value={kind}
          onChange={(next) => {
            setKind(next as ContactKind)
            setLabel('')
          }}
        />
        <div style={{ flex: 1, minWidth: 180 }}>
          <ContactInput
            kind={kind}
            size="xs"
            autoFocus
            aria-label={t('clients.card.value')}
            placeholder={t('clients.card.value')}
            value={value}
            onChange={({ currentTarget }) => setValue(currentTarget.value)}
          />
        </div>
        <Select
          size="xs"
          w={130}
          clearable
          searchable
          aria-label={t('clients.card.label')}
          placeholder={t('clients.card.label')}
          data={labels}
          value={label || null}
          onChange={(next) => setLabel(next ?? '')}
        />
        <TextInput
          size="xs"
          w={130}
          aria-label={t('clients.card.note')}
          placeholder={t('clients.card.note')}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <Button type="submit" size="compact-sm" mt={2} loading={pending}>
          {t('shell.save')}
        </Button>
        <Button variant="subtle" color="gray" size="compact-sm" mt={2} onClick={onCancel}>
          {t('shell.cancel')}
        </Button>
      </Group>
    </form>
  )
}
