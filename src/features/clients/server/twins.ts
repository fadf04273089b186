import type { Twin } from '#features/clients/contract.ts'
import type { Statement } from '#server/db/as-caller.ts'
import { judgeContact, matchKey } from '#shared/contacts.ts'
import { parseCompanyName } from '#shared/company-names.ts'
import type { ContactKind } from '#shared/verdict.ts'

/** The statement that finds likely twins (find_twins); its rows fit `Twin`. */
export const twinsStatement = (given: {
  inn: string | null
  kpp: string | null
  keys: string[]
  core: string
  except: string | null
}): Statement => ({
  text: `select id, name, owner_name as "ownerName", archived, score, reasons from find_twins($1, $2, $3, $4, $5)`,
  values: [given.inn, given.kpp, given.keys, given.core, given.except],
})

/** Match keys of values as typed; what cannot be compared is left out. */
export function keysOf(values: { kind: ContactKind; value: string }[], cityCode: string): string[] {
  return values.flatMap(({ kind, value }) => {
    const key = matchKey(judgeContact(kind, value, { cityCode }))
    return key ? [key.weak ? `~${key.key}` : key.key] : []
  })
}

export const coreOf = (name: string | undefined) => (name ? parseCompanyName(name).key : '')

export type { Twin }
