import { rowOf, type Tx } from '#server/db/tx.ts'
import { invalid, notFound } from '#server/http/problem.ts'

interface References {
  clientId: string | null
  personId: string | null
  userId: string
}

interface Answers {
  clientSeen: boolean
  personThere: boolean
  userMayBeGiven: boolean
  userSeesClient: boolean
}

const question = `
  select exists (select 1 from clients where id = $1) as "clientSeen",
    exists (select 1 from people where id = $2 and client_id = $1) as "personThere",
    u.id is not null and u.active and u.role <> 'admin'
      and (u.id = caller_id() or caller_role() = 'head' or u.id = any (visible_user_ids())) as "userMayBeGiven",
    u.role = 'head' or u.id = caller_id() or exists (
      select 1 from seats s join users seated on seated.id = s.user_id
      where s.client_id = $1 and (seated.id = u.id or (u.role = 'team-head' and seated.team_id = u.team_id))) as "userSeesClient"
  from (select $3::uuid as asked) a left join users u on u.id = a.asked`

/**
 * What an entry may point at: a client the caller sees, a person of that client, a colleague he may plan for and who sees the client.
 * @throws Problem 404, 422
 */
export async function checkReferences(tx: Tx, { clientId, personId, userId }: References) {
  const found = (await rowOf<Answers>(tx, question, [clientId, personId, userId]))!
  if (clientId && !found.clientSeen) throw notFound()
  if (personId && !found.personThere) {
    throw invalid('personId', {
      ru: 'У этого клиента нет такого контактного лица.',
      en: 'This client has no such contact person.',
    })
  }
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
}
