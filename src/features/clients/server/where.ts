import { fold, otherLayout } from '#shared/text.ts'
import { phoneSearchDigits } from '#shared/phones.ts'
import type { Params } from '#server/db/params.ts'
import type { ClientFilter, Condition } from '#features/clients/filter.ts'

/** Contents of a choice column, null and blank alike. */
const textColumns: Record<string, string> = {
  kind: 'c.kind',
  name: 'c.name',
  fullName: 'c.full_name',
  inn: 'c.inn',
  kpp: 'c.kpp',
  ogrn: 'c.ogrn',
  okpo: 'c.okpo',
  source: 'c.source',
  stage: 'c.stage',
  region: 'c.region',
  comment: 'c.comment',
  externalCode: 'c.external_code',
  timeZone: 'c.time_zone',
}
const instantColumns: Record<string, string> = {
  created: 'c.created_at',
  changed: 'c.updated_at',
  nextPlan: "nullif(c.next_plan_at, 'infinity')",
  lastContact: "nullif(c.last_contact_at, '-infinity')",
}
const stateRanks = { missing: 0, junk: 1, doubtful: 2, valid: 3 }
const kinds = new Set(['phone', 'email', 'address', 'website', 'messenger', 'other'])

/** How many hits of the search box are ranked; beyond them a list under another order goes on. */
export const mostRanked = 500

/**
 * SQL condition over clients `c` for a filter, without its rights (the statement runs as the caller) and without `search` if `search: false`.
 * Always includes the archive: out of it unless the filter asks for it.
 */
export function filterSql(filter: ClientFilter, params: Params, options: { search?: boolean } = {}): string {
  const parts = [filter.archived ? 'c.archived_at is not null' : 'c.archived_at is null']
  const anyOf = (column: string, values: string[] | undefined) => {
    if (values?.length) parts.push(`${column} = any (${params.add(values)}::text[])`)
  }
  if (filter.ids) parts.push(`c.id = any (${params.add(filter.ids)}::uuid[])`)
  if (filter.owner?.length) parts.push(ownerSql(filter.owner, params))
  if (filter.team?.length)
    parts.push(
      `c.owner_id in (select u.id from users u where u.team_id = any (${params.add(filter.team)}::uuid[]))`,
    )
  anyOf('c.kind', filter.kind)
  anyOf('c.stage', filter.stage)
  anyOf('c.region', filter.region)
  anyOf('c.source', filter.source)
  if (filter.category?.length) parts.push(`c.categories && ${params.add(filter.category)}::text[]`)
  if (filter.forgotten) parts.push(forgottenSql)
  for (const kind of filter.missing ?? []) parts.push(`(${stateOf(kind)}) = 0`)
  for (const kind of filter.lacking ?? []) parts.push(lackingSql(kind))
  for (const condition of filter.where ?? []) parts.push(conditionSql(condition, params))
  if (options.search !== false && filter.search !== undefined && filter.search.trim() !== '') {
    parts.push(
      `c.id in (select client_id from search_clients(${params.add(searchVariants(filter.search))}::text[], 20000))`,
    )
  }
  return parts.join(' and ')
}

/** A search text as folded variants: digits of a phone, as typed, typed in the other layout. The first that finds anything wins. */
export function searchVariants(text: string): string[] {
  const typed = fold(text)
  const variants: string[] = []
  const digits = phoneSearchDigits(text)
  if (/^[\d\s()+.\-–—]+$/.test(text) && digits.length >= 3) {
    variants.push(text.replace(/\D/g, ''))
    variants.push(digits)
  }
  variants.push(typed)
  const other = otherLayout(text)
  if (other !== null) variants.push(fold(other))
  return [...new Set(variants)].filter((variant) => variant !== '')
}

function ownerSql(owners: string[], params: Params): string {
  const parts: string[] = []
  const ids = owners.filter((owner) => /^[0-9a-f-]{36}$/i.test(owner))
  if (owners.includes('me')) parts.push('c.owner_id = caller_id()')
  if (owners.includes('none')) parts.push('c.owner_id is null')
  if (ids.length === 1) parts.push(`c.owner_id = ${params.add(ids[0])}::uuid`)
  if (ids.length > 1) parts.push(`c.owner_id = any (${params.add(ids)}::uuid[])`)
  return parts.length === 0 ? 'false' : `(${parts.join(' or ')})`
}

const stateOf = (kind: string) => `select s.${kind} from client_states s where s.client_id = c.id`

/** No valid contact of a kind that is required of this client: the rule of `gapsOf`, row by row. */
const lackingSql = (kind: string) =>
  `((${stateOf(kind)}) < 3 and ('${kind}' = any ((select required_kinds from company)::text[]) or exists (
    select 1 from choices ch where '${kind}' = any (ch.required_kinds)
      and ((ch.field = 'stage' and ch.name = c.stage) or (ch.field = 'category' and ch.name = any (c.categories))))))`

/**
 * Silent for longer than the shortest rhythm of his categories, or the company's; a client who was never spoken to, since he was entered.
 * The first comparison is one for the index: nobody is forgotten before the shortest rhythm of all.
 */
const forgottenSql = `(c.last_contact_at < (select product_now() - make_interval(days => least(
      (select min(rhythm_days) from choices where field = 'category'), (select rhythm_days from company))))
  and greatest(c.last_contact_at, c.created_at) < product_now() - make_interval(days => coalesce(
      (select min((rhythms.of ->> category)::int) from unnest(c.categories) category
         cross join (select (select json_object_agg(name, rhythm_days) from choices where field = 'category' and rhythm_days is not null) as of) rhythms),
      (select rhythm_days from company))))`

function conditionSql(condition: Condition, params: Params): string {
  const { field, op } = condition
  if (kinds.has(field)) return contactCondition(condition, params)
  if (field === 'person' || field === 'position' || field === 'birthday')
    return personCondition(condition, params)
  if (field === 'owner')
    return negated(
      op,
      ownerSql(op === 'empty' || op === 'filled' ? ['none'] : texts(condition), params),
      op === 'filled',
    )
  if (field === 'team') {
    return negated(
      op,
      `c.owner_id in (select u.id from users u where u.team_id = any (${params.add(uuids(condition))}::uuid[]))`,
    )
  }
  if (field === 'manager') {
    return negated(
      op,
      `exists (select 1 from seats s where s.client_id = c.id and s.user_id = any (${params.add(uuids(condition))}::uuid[]))`,
    )
  }
  if (field === 'categories') return categoriesCondition(condition, params)
  if (field === 'isBuyer' || field === 'isSupplier') {
    const column = field === 'isBuyer' ? 'c.is_buyer' : 'c.is_supplier'
    return negated(op, texts(condition).includes('true') ? column : `not ${column}`)
  }
  if (field === 'headClient') {
    if (op === 'empty') return 'c.head_client_id is null'
    if (op === 'filled') return 'c.head_client_id is not null'
    return negated(op, `c.head_client_id = any (${params.add(uuids(condition))}::uuid[])`)
  }
  if (field === 'nextPlan' && op === 'empty') return `c.next_plan_at = 'infinity'`
  if (field === 'lastContact' && op === 'silent') return forgottenSql
  if (field === 'lastContact' && op === 'empty') return `c.last_contact_at = '-infinity'`
  if (field in instantColumns) return rangeCondition(instantColumns[field]!, 'timestamptz', condition, params)
  if (field === 'no') return rangeCondition('c.no', 'bigint', condition, params)
  if (field.startsWith('custom.')) return customCondition(condition, params)
  return textCondition(textColumns[field]!, condition, params)
}

function textCondition(column: string, condition: Condition, params: Params): string {
  const value = () => texts(condition)[0] ?? ''
  switch (condition.op) {
    case 'empty':
      return `coalesce(${column}, '') = ''`
    case 'filled':
      return `coalesce(${column}, '') <> ''`
    case 'contains':
      return `${foldedOf(column)} like '%' || fold(${params.add(value())}) || '%'`
    case 'starts':
      return `${foldedOf(column)} like fold(${params.add(value())}) || '%'`
    case 'from':
      return `${column} >= ${params.add(value())}`
    case 'to':
      return `${column} <= ${params.add(value())}`
    case 'not':
      return `coalesce(${column}, '') <> all (${params.add(texts(condition))}::text[])`
    default:
      return `${column} = any (${params.add(texts(condition))}::text[])`
  }
}

/** Names are kept folded; folding a million of them anew takes seconds. */
const foldedOf = (column: string) => (column === 'c.name' ? 'c.name_key' : `fold(coalesce(${column}, ''))`)

function rangeCondition(
  column: string,
  type: 'timestamptz' | 'bigint',
  condition: Condition,
  params: Params,
): string {
  const value = () => `${params.add(texts(condition)[0] ?? null)}::text::${type}`
  switch (condition.op) {
    case 'empty':
      return `${column} is null`
    case 'filled':
      return `${column} is not null`
    case 'from':
      return `${column} >= ${value()}`
    case 'to':
      return `${column} <= ${value()}`
    case 'not':
      return `${column} is distinct from ${value()}`
    default:
      return `${column} = ${value()}`
  }
}

function contactCondition(condition: Condition, params: Params): string {
  const kind = condition.field
  if (condition.op === 'empty') return `(${stateOf(kind)}) = 0`
  if (condition.op === 'filled') return `(${stateOf(kind)}) > 0`
  if (condition.op === 'lacking') return lackingSql(kind)
  if (condition.op === 'state') {
    const ranks = texts(condition).flatMap((state) =>
      state in stateRanks ? [stateRanks[state as keyof typeof stateRanks]] : [],
    )
    return `(${stateOf(kind)}) = any (${params.add(ranks)}::int[])`
  }
  const text = texts(condition)[0] ?? ''
  const digits = text.replace(/\D/g, '')
  const matches =
    kind === 'phone' && digits.length >= 3
      ? `regexp_replace(coalesce(t.normalized, t.value), '\\D', '', 'g') like '%' || ${params.add(phoneSearchDigits(text))} || '%'`
      : `fold(t.value) like '%' || fold(${params.add(text)}) || '%'`
  return negated(
    condition.op,
    `exists (select 1 from contacts t where t.client_id = c.id and t.kind = ${params.add(kind)} and ${matches})`,
  )
}

function personCondition(condition: Condition, params: Params): string {
  const column = { person: 'p.name', position: 'p.position', birthday: 'p.birthday' }[
    condition.field as 'person'
  ]
  if (condition.op === 'empty')
    return `not exists (select 1 from people p where p.client_id = c.id and ${column} is not null)`
  if (condition.op === 'filled')
    return `exists (select 1 from people p where p.client_id = c.id and ${column} is not null)`
  const value = params.add(texts(condition)[0] ?? '')
  const test =
    condition.field === 'birthday'
      ? `${column} ${condition.op === 'from' ? '>=' : condition.op === 'to' ? '<=' : '='} ${value}::text::date`
      : `fold(${column}) like '%' || fold(${value}) || '%'`
  return negated(condition.op, `exists (select 1 from people p where p.client_id = c.id and ${test})`)
}

function categoriesCondition(condition: Condition, params: Params): string {
  if (condition.op === 'empty') return `c.categories = '{}'`
  if (condition.op === 'filled') return `c.categories <> '{}'`
  return negated(condition.op, `c.categories && ${params.add(texts(condition))}::text[]`)
}

function customCondition(condition: Condition, params: Params): string {
  const value = `(c.custom ->> '${condition.field.slice('custom.'.length)}')`
  if ((condition.op === 'from' || condition.op === 'to') && typeof condition.value === 'number') {
    const sign = condition.op === 'from' ? '>=' : '<='
    return `case when ${value} ~ '^-?\\d+(\\.\\d+)?$' then ${value}::float8 end ${sign} ${params.add(condition.value)}::float8`
  }
  return textCondition(value, condition, params)
}

const negated = (op: Condition['op'], sql: string, always = false) =>
  op === 'not' || always ? `not (${sql})` : sql

function texts(condition: Condition): string[] {
  const { value } = condition
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}

const uuids = (condition: Condition) => texts(condition).filter((text) => /^[0-9a-f-]{36}$/i.test(text))
