import { ActionIcon, Button, Group, Text, TextInput, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { notifyReversible } from '#features/changes/web/notify-reversible.ts'
import type { Client, Contact, ContactDraft, Person, PersonDraft } from '#features/clients/contract.ts'
import { FilesPanel } from '#features/files/web/FilesPanel.tsx'
import { formatDayInWords } from '#web/format.ts'
import { AddLine } from './AddLine.tsx'
import classes from './card.module.css'
import { ContactsPanel } from './ContactsPanel.tsx'
import { InlineField } from './InlineField.tsx'
import type { Dictionaries } from './use-dictionaries.ts'

interface PeoplePanelProps {
  client: Client
  dictionaries: Dictionaries
  readOnly: boolean
  onSave: (people: PersonDraft[]) => Promise<boolean>
  onChecked: (contact: Contact) => void
}

/** A person as a draft that keeps him as he is. */
const keep = (person: Person): PersonDraft => ({ id: person.id })

/** Contact persons with their position, role, birthday and own contacts. */
export function PeoplePanel({ client, dictionaries, readOnly, onSave, onChecked }: PeoplePanelProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const change = (person: Person, fields: PersonDraft) =>
    onSave(
      client.people.map((other) => (other.id === person.id ? { ...keep(other), ...fields } : keep(other))),
    )
  const remove = async (person: Person) => {
    const rest = client.people.filter((other) => other.id !== person.id).map(keep)
    if (await onSave(rest))
      void notifyReversible(queries, t('clients.card.person-removed', { name: person.name }))
  }
  return (
    <>
      {client.people.map((person) => (
        <PersonBox
          key={person.id}
          clientId={client.id}
          person={person}
          dictionaries={dictionaries}
          readOnly={readOnly}
          onChange={(fields) => change(person, fields)}
          onContacts={(contacts) => change(person, { contacts })}
          onRemove={() => void remove(person)}
          onChecked={onChecked}
        />
      ))}
      {adding && (
        <InlineNew
          label={t('clients.card.person-name')}
          onCancel={() => setAdding(false)}
          onDone={async (name) => {
            if (await onSave([...client.people.map(keep), { name, contacts: [] }])) setAdding(false)
          }}
        />
      )}
      {!readOnly && !adding && (
        <AddLine label={t('clients.card.add-person')} onClick={() => setAdding(true)} />
      )}
    </>
  )
}

interface PersonBoxProps {
  clientId: string
  person: Person
  dictionaries: Dictionaries
  readOnly: boolean
  onChange: (fields: PersonDraft) => Promise<boolean>
  onContacts: (contacts: ContactDraft[]) => Promise<boolean>
  onRemove: () => void
  onChecked: (contact: Contact) => void
}

function PersonBox({
  clientId,
  person,
  dictionaries,
  readOnly,
  onChange,
  onContacts,
  onRemove,
  onChecked,
}: PersonBoxProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const fact = [
    person.position,
    person.role,
    person.birthday && t('clients.card.born', { date: formatDayInWords(person.birthday) }),
  ].filter(Boolean)
  const field = (
    name: 'lastName' | 'firstName' | 'middleName' | 'position' | 'comment',
    input: 'text' | 'area' = 'text',
  ) => (
    <InlineField
      label={t(`clients.card.${name}`)}
      value={person[name] ?? ''}
      input={input}
      readOnly={readOnly}
      onSave={(text) => onChange({ [name]: text === '' ? null : text })}
    />
  )
  return (
    <article className={classes.person} aria-label={person.name}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <div>
          <Text fw={600} size="sm">
            {person.name}
          </Text>
          {fact.length > 0 && (
            <Text size="xs" c="dimmed">
              {fact.join(' · ')}
            </Text>
          )}
        </div>
        <Group gap={2} wrap="nowrap" className="no-print">
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            {t(opened ? 'clients.card.less' : 'clients.card.more')}
          </Button>
          {!readOnly && (
            <Tooltip label={t('clients.card.remove')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={26}
                aria-label={`${t('clients.card.remove')}: ${person.name}`}
                onClick={onRemove}
              >
                <IconTrash size={15} />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      </Group>
      {opened && (
        <div>
          {field('lastName')}
          {field('firstName')}
          {field('middleName')}
          {field('position')}
          <InlineField
            label={t('clients.card.role')}
            value={person.role ?? ''}
            input="suggest"
            options={dictionaries.choicesOf('person-role').map((role) => ({ value: role, label: role }))}
            readOnly={readOnly}
            onSave={(text) => onChange({ role: text === '' ? null : text })}
          />
          <InlineField
            label={t('clients.card.birthday')}
            value={person.birthday ?? ''}
            shown={person.birthday ? formatDayInWords(person.birthday) : undefined}
            input="date"
            readOnly={readOnly}
            onSave={(text) => onChange({ birthday: text === '' ? null : text })}
          />
          {field('comment', 'area')}
          <FilesPanel clientId={clientId} personId={person.id} />
        </div>
      )}
      <ContactsPanel
        label={t('clients.card.contacts-of', { name: person.name })}
        contacts={person.contacts}
        dictionaries={dictionaries}
        readOnly={readOnly}
        onSave={onContacts}
        onChecked={onChecked}
      />
    </article>
  )
}

/** One line that makes something new: Enter adds, Escape leaves. */
export function InlineNew({
  label,
  onDone,
  onCancel,
}: {
  label: string
  onDone: (text: string) => Promise<void>
  onCancel: () => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  return (
    <form
      className={classes.editor}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') void onDone(text.trim())
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
    >
      <Group gap={6}>
        <TextInput
          size="xs"
          style={{ flex: 1 }}
          aria-label={label}
          placeholder={label}
          autoFocus
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button type="submit" size="compact-sm">
          {t('shell.save')}
        </Button>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onCancel}>
          {t('shell.cancel')}
        </Button>
      </Group>
    </form>
  )
}
