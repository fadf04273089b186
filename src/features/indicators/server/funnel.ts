import type { z } from 'zod'
import type { getFunnel, listMoves } from '#features/indicators/contract.ts'
import type { Caller } from '#server/auth/caller.ts'
import { Params } from '#server/db/params.ts'
import { rowsOf, type Tx } from '#server/db/tx.ts'
import { within, whoseSql } from './families.ts'
import { checkedDays, type Moments, momentsOf } from './periods.ts'
import { page } from './records.ts'

type Stage = string | null

/** Stages in the order of the dictionary, those it does not know after them, without one last. */
export async function funnelOf(tx: Tx, caller: Caller, input: z.output<(typeof getFunnel)['input']>) {
  const { periods } = await momentsOf(tx, [checkedDays(input)])
  const known = await rowsOf<{ stage: string; isLost: boolean }>(
    tx,
    `select name as stage, is_lost as "isLost" from choices where field = 'stage' order by position, name`,
  )
  const standing = new Params()
  const now = await rowsOf<{ stage: Stage; count: number }>(
    tx,
    `select c.stage, count(*)::int as count from clients c
     where c.archived_at is null and ${whoseSql('c.owner_id', input, caller, standing)} group by 1`,
    standing.values,
  )
  const params = new Params()
  const moves = await rowsOf<{ from: Stage; to: Stage; count: number }>(
    tx,
    `select m.before as "from", m.after as "to", count(*)::int as count
     from (select ${movesSql(params, periods[0] as Moments, caller, input)}) m group by 1, 2 order by 3 desc, 1, 2`,
    params.values,
  )
  const names = new Set<Stage>([
    ...known.map(({ stage }) => stage),
    ...[...now.map(({ stage }) => stage), ...moves.flatMap(({ from, to }) => [from, to])].filter(
      (stage) => stage !== null,
    ),
    null,
  ])
  const sum = (of: { count: number }[]) => of.reduce((all, { count }) => all + count, 0)
  return {
    moves,
    stages: [...names].map((stage) => ({
      stage,
      isLost: known.some((other) => other.stage === stage && other.isLost),
      now: sum(now.filter((other) => other.stage === stage)),
      came: sum(moves.filter(({ to }) => to === stage)),
      went: sum(moves.filter(({ from }) => from === stage)),
    })),
  }
}

/** One page of the moves behind a figure of the funnel. */
export async function movesPage(tx: Tx, caller: Caller, input: z.output<(typeof listMoves)['input']>) {
  const { periods } = await momentsOf(tx, [checkedDays(input)])
  const { items, ...rest } = await page<Move>(tx, input, (params) => {
    const stages = [
      ...stageIs(`ch.before ->> 'stage'`, input.fromStage, params),
      ...stageIs(`ch.after ->> 'stage'`, input.toStage, params),
    ]
    return [movesSql(params, periods[0] as Moments, caller, input), ...stages].join(' and ')
  })
  return {
    ...rest,
    items: items.map(({ id: _, before, after, ...move }) => ({ ...move, from: before, to: after })),
  }
}

interface Move {
  id: string
  at: string
  clientId: string
  clientName: string
  ownerId: string | null
  authorId: string
  before: Stage
  after: Stage
}

/** The journal knows every move; a client has at most one in a change-set, so the set's id tells moves of one moment apart only with his. */
const movesSql = (params: Params, period: Moments, caller: Caller, input: Parameters<typeof whoseSql>[1]) =>
  `md5(ch.change_set_id::text || ch.row_id)::uuid as id, ch.at, ch.row_id as "clientId", c.name as "clientName", c.owner_id as "ownerId",
     (select author_id from change_set_of(ch.change_set_id)) as "authorId", ch.before ->> 'stage' as before, ch.after ->> 'stage' as after
   from changes ch join clients c on c.id = ch.row_id
   where ch.entity = 'clients' and ch.op = 'u' and ch.after ? 'stage' and ${within('ch.at', period, params)}
     and ${whoseSql('c.owner_id', input, caller, params)}`

const stageIs = (column: string, asked: string | undefined, params: Params) =>
  asked === undefined
    ? []
    : [asked === 'none' ? `${column} is null` : `${column} = ${params.add(asked.replace(/^=/, ''))}`]
