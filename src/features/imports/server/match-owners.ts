import { rowsOf, type Tx } from '#server/db/tx.ts'
import { foldedWords } from '#shared/text.ts'

interface Colleague {
  id: string
  name: string
  email: string
}

/** Names in the owner's column and whom they mean; what a person has said about a name stays. */
export async function matchOwners(tx: Tx, importId: string) {
  const names = await rowsOf<{ name: string; rows: number }>(
    tx,
    `select owner as name, count(*)::int as rows from import_rows
     where import_id = $1 and owner is not null group by owner order by 2 desc limit 5000`,
    [importId],
  )
  const people = await rowsOf<Colleague>(
    tx,
    `select id, name, email from users where active and role <> 'admin'`,
  )
  const given = names.map(({ name, rows }) => ({ name, rows, user_id: whoIs(name, people) }))
  await rowsOf(
    tx,
    `with given as (select * from json_to_recordset($2) as g(name text, rows int, user_id uuid)),
     gone as (delete from import_owners o where o.import_id = $1 and o.name not in (select name from given))
     insert into import_owners as o (import_id, name, rows, user_id) select $1, name, rows, user_id from given
     on conflict (import_id, name) do update set rows = excluded.rows,
       user_id = case when o.chosen then o.user_id else excluded.user_id end`,
    [importId, JSON.stringify(given)],
  )
}

/** The only colleague a name fits: his e-mail, his whole name in any order, or a surname with initials; null when none or several. */
export function whoIs(name: string, people: readonly Colleague[]): string | null {
  const written = name.trim().toLowerCase()
  const byEmail = people.filter(({ email }) => written.includes(email.toLowerCase()))
  if (byEmail.length === 1) return byEmail[0]!.id
  const words = foldedWords(name)
  if (words.length === 0) return null
  for (const fits of [sameWords, initialsFit, partFits]) {
    const found = people.filter((person) => fits(words, foldedWords(person.name)))
    if (found.length === 1) return found[0]!.id
    if (found.length > 1) return null
  }
  return null
}

function sameWords(a: string[], b: string[]): boolean {
  return a.length === b.length && a.toSorted().join(' ') === b.toSorted().join(' ')
}

/** «Иванова А. П.» and «Анна Петровна Иванова»: one whole word in common, the rest are each other's first letters. */
function initialsFit(a: string[], b: string[]): boolean {
  const shared = a.filter((word) => word.length > 1 && b.includes(word))
  if (shared.length === 0) return false
  const [rest, other] = [a, b].map((words) => words.filter((word) => !shared.includes(word)))
  if (rest!.length === 0 || other!.length === 0) return false
  const [few, many] = rest!.length <= other!.length ? [rest!, other!] : [other!, rest!]
  return few.every((word) =>
    many.some((long) => (word.length === 1 || long.length === 1) && long[0] === word[0]),
  )
}

/** «Иванова» or «Анна Иванова» for «Анна Петровна Иванова». */
function partFits(a: string[], b: string[]): boolean {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a]
  return few.some((word) => word.length > 2) && few.every((word) => many.includes(word))
}
