import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { Client, Contact, Person } from '#features/clients/contract.ts'
import {
  type CellContext,
  clientFields,
  contactKindTitles,
  contactText,
  customField,
  personText,
} from '#features/clients/fields.ts'
import { useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import { ContactKind } from '#shared/verdict.ts'
import { formatDateTime } from '#web/format.ts'
import type { Language } from '#web/i18n/language.ts'
import { differingFields, type Pair, paired } from './compare.ts'
import classes from './snapshots.module.css'

/** Told by sections of their own, or by the banner. */
const elsewhere = new Set(['people', 'created', 'changed', 'nextPlan', 'lastContact', 'no'])

/** A client as it was, line by line; what is different now stands below its line. */
export function AsOfSections({ was, now }: { was: Client; now: Client }) {
  const { t, i18n } = useTranslation()
  const dictionaries = useDictionaries()
  const language = i18n.language
  const context: CellContext = {
    language,
    nameOfUser: dictionaries.nameOfUser,
    formatInstant: formatDateTime,
  }
  const fields = [...clientFields, ...dictionaries.customFields.map(customField)].filter(
    ({ id }) => !elsewhere.has(id) && !ContactKind.safeParse(id).success,
  )
  const differing = new Set(differingFields(was, now, fields, context))
  return (
    <>
      <Section title={t('snapshots.card.fields')}>
        {fields
          .filter((field) => differing.has(field) || field.text(was, context) !== '')
          .map((field) => (
            <Line
              key={field.id}
              label={field.title[language]}
              was={field.text(was, context)}
              now={field.text(now, context)}
            />
          ))}
      </Section>
      <Section title={t('clients.card.contacts')}>
        <Contacts pairs={paired(was.contacts, now.contacts)} language={language} />
      </Section>
      <Section title={t('clients.card.people')}>
        {paired(was.people, now.people).map((pair) => (
          <PersonLines key={(pair.was ?? pair.now)!.id} pair={pair} language={language} />
        ))}
        {was.people.length + now.people.length === 0 && <None />}
      </Section>
      <Section title={t('clients.card.accounts')}>
        {paired(was.accounts, now.accounts).map((pair) => (
          <Row key={(pair.was ?? pair.now)!.id} pair={pair} text={accountText} />
        ))}
        {was.accounts.length + now.accounts.length === 0 && <None />}
      </Section>
    </>
  )
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title}>
    <Text component="h3" size="sm" fw={600} mb={4}>
      {title}
    </Text>
    {children}
  </section>
)

function None() {
  const { t } = useTranslation()
  return (
    <Text size="sm" c="dimmed">
      {t('snapshots.card.none')}
    </Text>
  )
}

function Line({ label, was, now }: { label: string; was: string; now: string }) {
  const { t } = useTranslation()
  const differs = was !== now
  return (
    <div className={classes.line} data-change={differs || undefined}>
      <span className={classes.label}>{label}</span>
      <span className={classes.value} data-absent={was === '' || undefined}>
        {was || t('snapshots.blank')}
        {differs && (
          <span className={classes.nowValue}>
            {now ? t('snapshots.card.now', { value: now }) : t('snapshots.card.now-blank')}
          </span>
        )}
      </span>
    </div>
  )
}

interface RowProps<T> {
  pair: Pair<T>
  text: (item: T) => string
  label?: string
}

/** An item of a list: as it was, and what has become of it. */
function Row<T>({ pair: { was, now }, text, label }: RowProps<T>) {
  const { t } = useTranslation()
  const shown = text((was ?? now)!)
  const since =
    was === null
      ? t('snapshots.card.appeared-since')
      : now === null
        ? t('snapshots.card.gone-since')
        : text(now) === shown
          ? null
          : t('snapshots.card.now', { value: text(now) })
  return (
    <div
      className={classes.line}
      data-plain={label === undefined || undefined}
      data-change={since !== null || undefined}
    >
      {label !== undefined && <span className={classes.label}>{label}</span>}
      <span className={classes.value} data-absent={was === null || undefined}>
        {shown}
        {since && <span className={classes.nowValue}>{since}</span>}
      </span>
    </div>
  )
}

function Contacts({ pairs, language }: { pairs: Pair<Contact>[]; language: Language }) {
  if (pairs.length === 0) return <None />
  return pairs.map((pair) => {
    const { id, kind, label } = (pair.was ?? pair.now)!
    return <Row key={id} pair={pair} text={wholeContact} label={label ?? contactKindTitles[kind][language]} />
  })
}

const wholeContact = (contact: Contact) => [contactText(contact), contact.note].filter(Boolean).join(' · ')

function PersonLines({ pair, language }: { pair: Pair<Person>; language: Language }) {
  const contacts = paired(pair.was?.contacts ?? [], pair.now?.contacts ?? [])
  return (
    <div>
      <Row pair={pair} text={wholePerson} />
      {contacts.length > 0 && pair.was && <Contacts pairs={contacts} language={language} />}
    </div>
  )
}

const wholePerson = (person: Person) =>
  [personText(person), person.role, person.comment].filter(Boolean).join(' · ')

const accountText = ({ account, bank, bic }: Client['accounts'][number]) =>
  [account, bank, bic].filter(Boolean).join(' · ')
