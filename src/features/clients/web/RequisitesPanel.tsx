import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from '@tanstack/react-router'
import { getClient, type Client, type ClientPatch } from '#features/clients/contract.ts'
import { clientFields, kindTitles } from '#features/clients/fields.ts'
import { timeZoneOptions } from '#features/company/web/time-zones.ts'
import { judgeInn, judgeKpp, judgeOgrn, judgeOkpo, type JudgedNumber } from '#shared/tax-numbers.ts'
import { query } from '#web/api.ts'
import { formatDate, formatDateTime } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import { InlineField } from './InlineField.tsx'
import type { Dictionaries } from './use-dictionaries.ts'

interface RequisitesPanelProps {
  client: Client
  dictionaries: Dictionaries
  readOnly: boolean
  onSave: (patch: ClientPatch) => Promise<boolean>
}

const judges: Record<string, (raw: string) => JudgedNumber> = {
  inn: judgeInn,
  kpp: judgeKpp,
  ogrn: judgeOgrn,
  okpo: judgeOkpo,
}

/** Fields of the client's own row, built-in and the head's, each edited in place. */
export function RequisitesPanel({ client, dictionaries, readOnly, onSave }: RequisitesPanelProps) {
  const { t, i18n } = useTranslation()
  const language = i18n.language
  const me = useMe()
  const title = (id: string) => clientFields.find((field) => field.id === id)!.title[language]
  const named = (values: readonly string[]) => values.map((value) => ({ value, label: value }))
  const zones = useMemo(() => timeZoneOptions(language), [language])
  const yesNo = [
    { value: 'true', label: t('clients.yes') },
    { value: 'false', label: t('clients.no') },
  ]

  const verdictOf = (id: string, value: string) => {
    const { verdict, reason } = value === '' ? { verdict: 'ok', reason: null } : judges[id]!(value)
    if (verdict === 'ok' || reason === null) return null
    return (
      <Text
        span
        display="block"
        size="xs"
        c={verdict === 'junk' ? 'var(--bad)' : verdict === 'doubtful' ? 'var(--warn)' : 'var(--good)'}
      >
        {t(`verdict.${reason}`)}
      </Text>
    )
  }
  const number = (id: 'inn' | 'kpp' | 'ogrn' | 'okpo') => (
    <InlineField
      label={title(id)}
      field={id}
      value={client[id] ?? ''}
      shown={
        <>
          {client[id]}
          {verdictOf(id, client[id] ?? '')}
        </>
      }
      hint={(text) => verdictOf(id, text)}
      readOnly={readOnly}
      onSave={(text) => onSave({ [id]: text || null })}
    />
  )
  const text = (id: 'fullName' | 'externalCode' | 'comment', input: 'text' | 'area' = 'text') => (
    <InlineField
      label={title(id)}
      field={id}
      value={client[id] ?? ''}
      input={input}
      readOnly={readOnly}
      onSave={(value) => onSave({ [id]: value || null })}
    />
  )
  const suggested = (id: 'region' | 'source' | 'stage') => (
    <InlineField
      label={title(id)}
      field={id}
      value={client[id] ?? ''}
      input="suggest"
      options={named(dictionaries.choicesOf(id))}
      readOnly={readOnly}
      onSave={(value) => onSave({ [id]: value || null })}
    />
  )
  const flag = (id: 'isBuyer' | 'isSupplier') => (
    <InlineField
      label={title(id)}
      field={id}
      value={String(client[id])}
      shown={t(client[id] ? 'clients.yes' : 'clients.no')}
      input="choice"
      options={yesNo}
      readOnly={readOnly}
      onSave={(value) => onSave({ [id]: value === 'true' })}
    />
  )
  const mayMove = me.role !== 'manager'
  const people = dictionaries.users
    .filter((user) => user.active && user.role !== 'admin')
    .map((user) => ({ value: user.id, label: user.name }))
  return (
    <div>
      <InlineField
        label={title('owner')}
        field="owner"
        value={client.ownerId ?? ''}
        shown={client.ownerId ? dictionaries.nameOfUser(client.ownerId) : t('clients.nobody')}
        input="choice"
        options={people}
        readOnly={readOnly || !mayMove}
        onSave={(value) => onSave({ ownerId: value || null })}
      />
      <InlineField
        label={title('managers')}
        field="managers"
        value={client.managerIds.map(dictionaries.nameOfUser).join(';')}
        shown={client.managerIds.map(dictionaries.nameOfUser).join(', ')}
        input="tags"
        options={people}
        readOnly={readOnly}
        onSave={(value) => {
          const wanted = new Set(value.split(';').map((name) => name.trim()))
          return onSave({
            managerIds: dictionaries.users.filter((user) => wanted.has(user.name)).map((user) => user.id),
          })
        }}
      />
      {suggested('stage')}
      {suggested('region')}
      {suggested('source')}
      <InlineField
        label={title('timeZone')}
        value={client.timeZone ?? ''}
        input="suggest"
        options={zones}
        readOnly={readOnly}
        onSave={(value) => onSave({ timeZone: value || null })}
      />
      <InlineField
        label={title('categories')}
        field="categories"
        value={client.categories.join(';')}
        shown={client.categories.join(', ')}
        input="tags"
        options={named(dictionaries.choicesOf('category'))}
        readOnly={readOnly}
        onSave={(value) =>
          onSave({
            categories: value
              .split(';')
              .map((tag) => tag.trim())
              .filter(Boolean),
          })
        }
      />
      <InlineField
        label={title('kind')}
        field="kind"
        value={client.kind}
        shown={kindTitles[client.kind][language]}
        input="choice"
        options={Object.entries(kindTitles).map(([value, words]) => ({ value, label: words[language] }))}
        readOnly={readOnly}
        onSave={(value) => (value ? onSave({ kind: value as Client['kind'] }) : Promise.resolve(true))}
      />
      {text('fullName')}
      {number('inn')}
      {client.kind !== 'person' && number('kpp')}
      {number('ogrn')}
      {number('okpo')}
      {client.headClientId && <HeadClient id={client.headClientId} label={t('clients.card.head-client')} />}
      {flag('isBuyer')}
      {flag('isSupplier')}
      {dictionaries.customFields.map(({ key, title: label, type, options }) => (
        <InlineField
          key={key}
          label={label}
          field={`custom.${key}`}
          value={String(client.custom[key] ?? '')}
          shown={
            type === 'flag'
              ? t(client.custom[key] ? 'clients.yes' : 'clients.no')
              : type === 'date' && client.custom[key]
                ? formatDate(String(client.custom[key]))
                : undefined
          }
          input={type === 'flag' || type === 'choice' ? 'choice' : type}
          options={type === 'flag' ? yesNo : named(options)}
          readOnly={readOnly}
          onSave={(value) =>
            onSave({
              custom: {
                [key]:
                  value === ''
                    ? null
                    : type === 'number'
                      ? Number(value)
                      : type === 'flag'
                        ? value === 'true'
                        : value,
              },
            })
          }
        />
      ))}
      {text('comment', 'area')}
      {text('externalCode')}
      <Text size="xs" c="dimmed" mt="xs">
        {t('clients.card.code', { no: client.no })} ·{' '}
        {t('clients.card.created', {
          date: formatDateTime(client.createdAt),
          name: client.createdBy ? dictionaries.nameOfUser(client.createdBy) : '',
        })}
      </Text>
    </div>
  )
}

function HeadClient({ id, label }: { id: string; label: string }) {
  const { data } = useQuery(query(getClient, { id }))
  if (!data) return null
  return (
    <InlineField
      label={label}
      value={data.name}
      shown={
        <Anchor
          renderRoot={(props) => <Link to={'/clients/$id' as never} params={{ id } as never} {...props} />}
        >
          {data.name}
        </Anchor>
      }
      readOnly
      onSave={() => Promise.resolve(true)}
    />
  )
}
