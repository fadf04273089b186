import { contactText } from '#features/clients/fields.ts'
import type { Contact } from '#features/clients/contract.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'
import { invalid, notFound } from '#server/http/problem.ts'

interface References {
  clientId: string | null
  personId: string | null
  contactId: string | null
  userId: string
}

type FoundContact = Pick<Contact, 'kind' | 'value' | 'normalized' | 'extension' | 'verdict' | 'personId'>

interface Answers {
  clientSeen: boolean
  personThere: boolean
  userMayBeGiven: boolean
  userSeesClient: boolean
  contact: FoundContact | null
}

const question = `
  select exists (select 1 from clients where id = $1) as "clientSeen",
    exists (select 1 from people where id = $2 and client_id = $1) as "personThere",
    (select json_build_object('kind', t.kind, 'value', t.value, 'normalized', t.normalized, 'extension', t.extension,
       'verdict', t.verdict, 'personId', t.person_id) from contacts t where t.id = $4 and t.client_id = $1) as contact,
    u.id is not null and u.active and u.role <> 'admin'
      and (u.id = caller_id() or caller_role() = 'head' or u.id = any (visible_user_ids())) as "userMayBeGiven",
    u.role = 'head' or u.id = caller_id() or exists (
      select 1 from seats s join users seated on seated.id = s.user_id
      where s.client_id = $1 and (seated.id = u.id or (u.role = 'team-head' and seated.team_id = u.team_id))) as "userSeesClient"
  from (select $3::uuid as asked) a left join users u on u.id = a.asked`

/**
 * What an entry may point at: a client the caller sees, a person and a contact of that client, a colleague he may plan for and who sees
 * the client.
 * @returns the contact as it reads, and whose it is
 * @throws Problem 404, 422
 */
export async function checkReferences(tx: Tx, { clientId, personId, contactId, userId }: References) {
  const found = (await rowOf<Answers>(tx, question, [clientId, personId, userId, contactId]))!
  if (clientId && !found.clientSeen) throw notFound()
  if (personId && !found.personThere) {
    throw invalid('personId', {
      ru: 'У этого клиента нет такого контактного лица.',
      en: 'This client has no such contact person.',
    })
  }
  if (contactId && !found.contact) throw noSuchContact()
  if (!found.userMayBeGiven) {
    throw invalid('userId', {
      ru: 'Этому сотруднику вы не можете поставить запись: выберите себя или сотрудника своей команды.',
      en: 'You cannot plan for this colleague: choose yourself or somebody of your team.',
    })
  }
  if (clientId && !found.userSeesClient) {
    throw invalid('userId', {
      ru: 'Этот сотрудник не видит клиента. Сначала добавьте его к менеджерам клиента.',
      en: 'This colleague does not see the client. Add him to the managers of the client first.',
    })
  }
  return {
    contactValue: found.contact && contactText(found.contact),
    contactPersonId: found.contact?.personId ?? null,
  }
}

const noSuchContact = () =>
  invalid('contactId', {
    ru: 'У этого клиента нет такого телефона или адреса.',
    en: 'This client has no such phone or address.',
  })
