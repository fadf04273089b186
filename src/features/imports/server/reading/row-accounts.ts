import { judgeAccount, judgeBic, judgeCorrespondentAccount } from '#shared/tax-numbers.ts'
import { cleanText } from '#shared/text.ts'
import { isPlaceholder } from '#shared/verdict.ts'
import type { DraftAccount } from './draft.ts'

/** The bank accounts of a row; without an account number what is known of the bank makes one entry of its own. */
export function accountsOfRow(cells: { target: string; raw: string }[]): DraftAccount[] {
  const of = (target: string) => cells.filter((cell) => cell.target === target && !isPlaceholder(cell.raw))
  const bic = of('bic')[0]
  const corrAccount = of('corrAccount')[0]
  const bank = of('bank')[0]
  const shared = {
    bic: bic ? judgeBic(bic.raw).value : null,
    bank: bank ? cleanText(bank.raw).slice(0, 500) : null,
    corrAccount: corrAccount ? judgeCorrespondentAccount(corrAccount.raw).value : null,
  }
  const accounts = of('account').flatMap(({ raw }) =>
    raw.split(/[\n;]+/).filter((part) => part.trim() !== ''),
  )
  return accounts.map((raw) => ({
    account: (judgeAccount(raw, { bic: shared.bic }).value ?? raw.trim()).slice(0, 500),
    ...shared,
  }))
}
