import type { TakingRules } from '#features/taking/contract.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'

/** Of the wizard's first minute, when there is no company yet. */
const usual: TakingRules = {
  quotaManager: 1000,
  quotaTeamHead: 5000,
  quotaHead: null,
  copyRows: 200,
  readingRows: 50_000,
  requestHours: 24,
  alarmCards: 50,
  alarmTimes: 3,
}

export const findRules = async (tx: Tx): Promise<TakingRules> =>
  (await rowOf<TakingRules>(
    tx,
    `select quota_manager as "quotaManager", quota_team_head as "quotaTeamHead", quota_head as "quotaHead", copy_rows as "copyRows",
       reading_rows as "readingRows", request_hours as "requestHours", alarm_cards as "alarmCards", alarm_times as "alarmTimes" from company`,
  )) ?? usual

export const keepRules = (tx: Tx, rules: TakingRules) =>
  rowOf(
    tx,
    `update company set quota_manager = $1, quota_team_head = $2, quota_head = $3, copy_rows = $4, reading_rows = $5, request_hours = $6,
       alarm_cards = $7, alarm_times = $8`,
    [
      rules.quotaManager,
      rules.quotaTeamHead,
      rules.quotaHead,
      rules.copyRows,
      rules.readingRows,
      rules.requestHours,
      rules.alarmCards,
      rules.alarmTimes,
    ],
  )
