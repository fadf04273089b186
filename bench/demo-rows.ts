import type { ClientDraft } from '#features/clients/contract.ts'
import { cleanFields, contactRow, personRow } from '#features/clients/server/clean.ts'
import type { Habits } from './demo-people.ts'
import type { Random } from './random.ts'
import { timeOrderedId } from './time-ordered-id.ts'

type Row = Record<string, unknown>
export type DemoRows = Record<'clients' | 'people' | 'contacts' | 'activities', Row[]>

const day = 86_400_000

/** Rows of one client as form, import and API would write them; `created` in milliseconds. */
export function rowsOfClient(
  draft: ClientDraft,
  id: string,
  created: number,
  cityCode: string,
  random: Random,
  habits: Habits,
): Omit<DemoRows, 'activities'> {
  const { row, entered } = cleanFields(draft)
  const contactOf = (
    contact: NonNullable<ClientDraft['contacts']>[number],
    ordinal: number,
    personId: string | null,
  ) => {
    const judged = contactRow(contact, ordinal, personId, cityCode)
    const checked =
      judged.verdict === 'ok' && random.chance(habits.checked)
        ? instant(created + random.next() * (Date.now() - created))
        : null
    return { ...judged, client_id: id, checked_at: checked }
  }
  const people = (draft.people ?? []).map((person, ordinal) => ({
    ...personRow(person, ordinal),
    client_id: id,
  }))
  return {
    clients: [
      {
        ...row,
        id,
        entered,
        custom: random.chance(0.8) ? { turnover: turnoverOf(random) } : {},
        categories: draft.categories ?? [],
      },
    ],
    people,
    contacts: [
      ...(draft.contacts ?? []).map((contact, ordinal) => contactOf(contact, ordinal, null)),
      ...(draft.people ?? []).flatMap((person, index) =>
        (person.contacts ?? []).map((contact, ordinal) => contactOf(contact, ordinal, people[index]!.id)),
      ),
    ],
  }
}

const NOTES = [
  'Созвонились, ждут коммерческое предложение',
  'Отправила прайс-лист',
  'Встретились в офисе, показали образцы',
  'Просит скидку 5 %',
  'Согласовали сроки поставки',
  'Сменился директор',
  'Довольны последней партией',
  'Жаловались на упаковку, заменили',
  'Работают с конкурентом до конца года',
  'Вернулись после перерыва',
  'Подписали договор',
  'Прислали карточку предприятия',
]
const PLANS = [
  'Перезвонить насчёт договора',
  'Отправить коммерческое предложение',
  'Напомнить об оплате',
  'Поздравить с днём фирмы',
  'Уточнить объём на квартал',
  'Встреча в офисе клиента',
  'Спросить отзыв о поставке',
  'Согласовать макет',
]
const REASONS = ['Клиент заболел', 'Вопрос решили письмом', 'Заказ отложен до весны']
const RESULTS = [
  'Договорились',
  'Просит перезвонить позже',
  'Не дозвонилась, попробую ещё',
  'Отказ: дорого',
  'Счёт выставлен',
  'Интересно, ждёт образцы',
]

/** Half a year of notes and plan entries of one client: some done, some overdue, some for today and the weeks ahead. */
export function activitiesOf(
  client: string,
  owner: string,
  created: number,
  number: number,
  habits: Habits,
  random: Random,
): Row[] {
  const now = Date.now()
  const since = Math.max(created, now - 182 * day)
  const rows: Row[] = []
  const add = (fields: Row, at: number) =>
    rows.push({
      id: timeOrderedId(at, 100 + rows.length, number),
      client_id: client,
      user_id: owner,
      created_by: owner,
      created_at: instant(at),
      updated_at: instant(at),
      updated_by: owner,
      moves: [],
      remind_before: [],
      ...fields,
    })
  for (let count = random.below(4); count > 0; count--) {
    const at = Math.min(now, workingHour(since + random.next() * (now - since), random))
    const kind = random.pick(['note', 'note', 'call', 'letter'])
    const done = kind === 'note' ? {} : { done_at: instant(at), ...outcomeOf(kind, random) }
    add({ kind, text: random.pick(NOTES), ...done }, at)
  }
  if (random.chance(0.4)) {
    const due = Math.min(now, workingHour(since + random.next() * (now - since), random))
    const kind = random.pick(['call', 'meeting', 'task'])
    add(
      {
        kind,
        text: random.pick(PLANS),
        due_at: instant(due),
        ...endOf(kind, instant(Math.min(now, due + random.below(3) * 1_800_000)), random),
      },
      Math.max(since, due - 5 * day),
    )
  }
  if (random.chance(0.3)) {
    const roll = random.next()
    const days =
      roll < habits.overdue ? -1 - random.below(20) : roll < habits.overdue + 0.12 ? 0 : 1 + random.below(30)
    const dueAt = workingHour(now + days * day, random)
    const entered = Math.max(since, now - 6 * day)
    add(
      {
        kind: random.pick(['call', 'call', 'meeting', 'task', 'letter']),
        text: random.pick(PLANS),
        due_at: instant(dueAt),
        ...(random.chance(0.15) && movedOnce(owner, entered, dueAt)),
        ...(days > 0 && random.chance(0.3) && { remind_before: [15] }),
        ...(days > 0 && random.chance(0.08) && monthly(client, dueAt)),
      },
      entered,
    )
  }
  return rows
}

/** A few clients bring most of the money. */
const turnoverOf = (random: Random) => Math.round((1 / (0.02 + random.next())) ** 1.6) * 10_000

/** Outcomes a new company starts with, and whether somebody answered. */
const OUTCOMES: [name: string, reached: boolean, onlyCalls: boolean][] = [
  ['дозвонился', true, true],
  ['просит перезвонить', true, true],
  ['не дозвонился', false, true],
  ['договорились', true, false],
  ['отказ', true, false],
]

function outcomeOf(kind: string, random: Random): Row {
  if (kind === 'task' || random.chance(0.25)) return {}
  const [outcome, reached] = random.pick(OUTCOMES.filter(([, , onlyCalls]) => kind === 'call' || !onlyCalls))
  return { outcome, reached }
}

/** Most of what is planned is done, some is called off. */
const endOf = (kind: string, at: string, random: Random): Row =>
  random.chance(0.08)
    ? { cancelled_at: at, cancel_reason: random.pick(REASONS) }
    : { done_at: at, result: random.pick(RESULTS), ...outcomeOf(kind, random) }

const movedOnce = (by: string, entered: number, dueAt: number): Row => ({
  first_due_at: instant(dueAt - 2 * day),
  moves: [{ at: instant(entered + day), by, from: instant(dueAt - 2 * day), to: instant(dueAt) }],
})

/** By the clock of Moscow, where the company is. */
const monthly = (client: string, dueAt: number): Row => ({
  series_id: client,
  occurrence: 1,
  repeat: {
    every: 'month',
    interval: 1,
    from: instant(dueAt + 3 * 3_600_000).slice(0, 10),
    time: instant(dueAt + 3 * 3_600_000).slice(11, 16),
  },
})

const workingHour = (time: number, random: Random) =>
  Math.floor(time / day) * day + (6 + random.below(9)) * 3_600_000 + random.below(4) * 900_000
const instant = (time: number) => new Date(time).toISOString()
