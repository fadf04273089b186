import { ActionIcon, Anchor, Badge, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy, IconPencil, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { notifyReversible } from '#features/changes/web/notify-reversible.ts'
import { checkContact, type Contact, type ContactDraft } from '#features/clients/contract.ts'
import { contactKindTitles, contactText } from '#features/clients/fields.ts'
import type { ContactKind, VerdictReason } from '#shared/verdict.ts'
import { call } from '#web/api.ts'
import { copyText } from '#web/copy.ts'
import { formatDate } from '#web/format.ts'
import { notifyDone, notifyProblem } from '#web/layout/notify.tsx'
import { AddLine } from './AddLine.tsx'
import { askWhose } from './ask-whose.tsx'
import classes from './card.module.css'
import { ContactForm } from './ContactForm.tsx'
import { draftsOf } from '#features/clients/cell-text.ts'
import { settleContact } from './settle-contact.ts'
import type { Dictionaries } from './use-dictionaries.ts'

interface ContactsPanelProps {
  /** Names the list for those who hear it. */
  label: string
  contacts: readonly Contact[]
  dictionaries: Dictionaries
  readOnly: boolean
  /** Saves the whole list; resolves to whether it was saved. */
  onSave: (contacts: ContactDraft[]) => Promise<boolean>
  onChecked: (contact: Contact) => void
}

const hrefs: Partial<Record<ContactKind, (contact: Contact) => string>> = {
  phone: ({ normalized, value }) => `tel:${normalized ?? value.replace(/[^\d+]/g, '')}`,
  email: ({ normalized, value }) => `mailto:${normalized ?? value}`,
  website: ({ normalized, value }) => `https://${(normalized ?? value).replace(/^https?:\/\//, '')}`,
}

/** Contacts of a client or person: call or write by a click, verdict beside each, «проверено» by one click, edited in place. */
export function ContactsPanel({
  label,
  contacts,
  dictionaries,
  readOnly,
  onSave,
  onChecked,
}: ContactsPanelProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  /** A contact as it was when its form was opened: others may change it meanwhile. */
  const [editing, setEditing] = useState<Contact | 'new' | null>(null)
  const drafts = () => draftsOf(contacts)
  const finish = async (entered: ContactDraft) => {
    const draft = editing instanceof Object ? await settled(editing, entered) : entered
    const saved = await onSave(
      draft.id ? drafts().map((other) => (other.id === draft.id ? draft : other)) : [...drafts(), draft],
    )
    if (saved) setEditing(null)
  }
  const settled = (opened: Contact, draft: ContactDraft) =>
    settleContact(
      opened,
      contacts.find(({ id }) => id === opened.id),
      draft,
      async (now, mine) => {
        const conflict = {
          version: 0,
          current: { contacts: [now] },
          yours: { contacts: [mine] },
          before: { contacts: [opened] },
        }
        return (await askWhose(conflict)).contacts ?? 'theirs'
      },
    )
  const remove = async (contact: Contact) => {
    if (!(await onSave(drafts().filter((other) => other.id !== contact.id)))) return
    void notifyReversible(queries, t('clients.card.contact-removed', { value: contact.value }))
  }
  const makePrimary = (contact: Contact) =>
    onSave(
      drafts().map((other) =>
        other.kind === contact.kind
          ? { ...other, primary: other.id === contact.id ? !contact.primary : false }
          : other,
      ),
    )
  const opened = editing instanceof Object ? editing : null
  const closed = readOnly || contacts.some(({ masked }) => masked)
  const isGone = opened !== null && !contacts.some(({ id }) => id === opened.id)
  return (
    <div role="group" aria-label={label}>
      {byKind(isGone ? [...contacts, opened] : contacts).map((contact) =>
        opened?.id === contact.id ? (
          <ContactForm
            key={contact.id}
            contact={opened}
            dictionaries={dictionaries}
            onCancel={() => setEditing(null)}
            onDone={finish}
          />
        ) : (
          <ContactLine
            key={contact.id}
            contact={contact}
            readOnly={closed}
            onEdit={() => setEditing(contact)}
            onRemove={() => void remove(contact)}
            onPrimary={() => void makePrimary(contact)}
            onChecked={onChecked}
          />
        ),
      )}
      {editing === 'new' ? (
        <ContactForm dictionaries={dictionaries} onCancel={() => setEditing(null)} onDone={finish} />
      ) : (
        !closed && <AddLine label={t('clients.card.add-contact')} onClick={() => setEditing('new')} />
      )}
    </div>
  )
}

const kindOrder: ContactKind[] = ['phone', 'email', 'messenger', 'website', 'address', 'other']

/** What one calls and writes to first; within a kind the main one, then as entered. */
const byKind = (contacts: readonly Contact[]) =>
  contacts.toSorted(
    (a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || Number(b.primary) - Number(a.primary),
  )

interface ContactLineProps {
  contact: Contact
  readOnly: boolean
  onEdit: () => void
  onRemove: () => void
  onPrimary: () => void
  onChecked: (contact: Contact) => void
}

function ContactLine({ contact, readOnly, onEdit, onRemove, onPrimary, onChecked }: ContactLineProps) {
  const { t, i18n } = useTranslation()
  const text = contactText(contact)
  const href = contact.masked || contact.verdict === 'junk' ? undefined : hrefs[contact.kind]?.(contact)
  const copy = () => void copyText(text).then(() => notifyDone(t('shell.copied')))
  return (
    <div className={classes.contact}>
      <VerdictDot contact={contact} />
      <div className={classes.contactValue}>
        {href ? (
          <Anchor
            href={href}
            {...(contact.kind === 'website' && { target: '_blank', rel: 'noreferrer' })}
            c="inherit"
            underline="hover"
          >
            {text}
          </Anchor>
        ) : (
          text
        )}{' '}
        <Text span size="xs" c="dimmed">
          {[contact.label ?? contactKindTitles[contact.kind][i18n.language], contact.note]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {contact.doNotCall && (
          <Badge size="xs" color="red" variant="light" ml={6}>
            {t('clients.card.do-not-call')}
          </Badge>
        )}
      </div>
      <div className={classes.contactActions}>
        {!readOnly && (
          <>
            <Act
              label={t('clients.card.check')}
              onClick={() => void call(checkContact, { id: contact.id }).then(onChecked, notifyProblem)}
            >
              <IconCheck size={15} />
            </Act>
            <Act
              label={t(contact.primary ? 'clients.card.not-primary' : 'clients.card.primary')}
              onClick={onPrimary}
            >
              {contact.primary ? <IconStarFilled size={15} /> : <IconStar size={15} />}
            </Act>
          </>
        )}
        {!contact.masked && (
          <Act label={t('shell.copy')} onClick={copy}>
            <IconCopy size={15} />
          </Act>
        )}
        {!readOnly && (
          <>
            <Act label={t('clients.card.edit')} onClick={onEdit}>
              <IconPencil size={15} />
            </Act>
            <Act label={t('clients.card.remove')} onClick={onRemove}>
              <IconTrash size={15} />
            </Act>
          </>
        )}
      </div>
    </div>
  )
}

const Act = ({
  label,
  onClick,
  children,
}: {
  label: string
  onClick: () => void
  children: React.ReactNode
}) => (
  <Tooltip label={label}>
    <ActionIcon variant="subtle" color="gray" size={26} aria-label={label} onClick={onClick}>
      {children}
    </ActionIcon>
  </Tooltip>
)

const colours = { ok: 'var(--good)', fixed: 'var(--good)', doubtful: 'var(--warn)', junk: 'var(--bad)' }

/** The verdict as a dot with its reason and the last check; a hollow one was never checked. */
function VerdictDot({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  const said = [
    t(`verdict-name.${contact.verdict}`),
    contact.reason && t(`verdict.${contact.reason as VerdictReason}`),
    contact.verdict === 'fixed' && t('clients.card.entered', { value: contact.value }),
    contact.checkedAt
      ? t('clients.card.checked', { date: formatDate(contact.checkedAt) })
      : t('clients.card.never-checked'),
  ].filter(Boolean)
  return (
    <Tooltip label={said.join(' · ')} multiline maw={340}>
      <span
        role="img"
        aria-label={said.join('. ')}
        style={{
          flex: 'none',
          width: 9,
          height: 9,
          borderRadius: '50%',
          border: `2px solid ${colours[contact.verdict]}`,
          background: contact.checkedAt ? colours[contact.verdict] : 'transparent',
        }}
      />
    </Tooltip>
  )
}
