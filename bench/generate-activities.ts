import type pg from 'pg'

const batch = 50_000

/**
 * A year of events of every client that has an owner: calls, meetings, letters and notes done in the hours of work, a few of them by a
 * colleague, and the last contact they come to. By SQL, batch after batch on two connections; triggers and indexes are off.
 */
export async function fillActivities(pool: pg.Pool, clients: number, perClient: number): Promise<void> {
  if (perClient === 0) return
  let next = 1
  const work = async () => {
    for (let first = next; first <= clients; first = next) {
      next += batch
      await pool.query(entries, [first, first + batch, perClient])
    }
  }
  await Promise.all([work(), work()])
  await pool.query(lastContacts)
  await pool.query(news)
}

// What a row is follows from the number of its client and its own: the same base every time.
const entries = `
  insert into activities (client_id, user_id, kind, text, done_at, outcome, reached, created_at, created_by, updated_at, updated_by)
  select c.id, c.owner_id, k.kind, k.text, d.at, o.outcome, o.outcome <> 'не дозвонился', d.at, c.owner_id, d.at,
    case when h.roll % 40 = 0 then (select u.id from users u where u.role = 'head') else c.owner_id end
  from clients c cross join generate_series(1, $3::int) n
  cross join lateral (select abs(hashint8extended(c.no * 64 + n, 7)) as roll) h
  cross join lateral (select (array['call', 'call', 'call', 'meeting', 'letter', 'letter', 'note'])[1 + h.roll % 7] as kind,
    (array['Обсудили поставку', 'Отправил прайс', 'Согласовали сроки', 'Напомнил об оплате'])[1 + h.roll / 8 % 4] as text) k
  cross join lateral (select date_trunc('day', now()) - make_interval(days => (h.roll / 64 % 365)::int)
    + interval '6 hours' + make_interval(mins => (h.roll / 32768 % 600)::int) as at) d
  cross join lateral (select case when k.kind = 'call'
    then (array['дозвонился', 'договорились', 'просит перезвонить', 'не дозвонился', 'отказ'])[1 + h.roll / 16 % 5] end as outcome) o
  where c.no >= $1 and c.no < $2 and c.owner_id is not null and d.at < now()`

const news = `
  insert into activity_news (activity_id, owner_id, by, at)
  select a.id, c.owner_id, a.updated_by, a.updated_at from activities a join clients c on c.id = a.client_id
  where a.updated_by <> c.owner_id and a.updated_at > now() - interval '14 days'`

const lastContacts = `
  update clients c set last_contact_at = a.last
  from (select client_id, max(done_at) as last from activities
        where done_at is not null and kind in ('call', 'meeting', 'letter') and reached is distinct from false group by client_id) a
  where a.client_id = c.id`
