import { cellsOf, type CellKind, type CellMaker, type DirtyCell } from './dirty/cell.ts'
import { COMPANY_MAKERS } from './dirty/company-cells.ts'
import { EMAIL_MAKERS } from './dirty/email-cells.ts'
import { ACCOUNT_MAKERS, INN_MAKERS, KPP_MAKERS, OGRN_MAKERS, OKPO_MAKERS } from './dirty/number-cells.ts'
import { PERSON_MAKERS } from './dirty/person-cells.ts'
import { PHONE_MAKERS } from './dirty/phone-cells.ts'
import { chanceOf } from './dirty/random.ts'
import { MOJIBAKE_MAKERS, PLACEHOLDER_MAKERS } from './dirty/text-cells.ts'

const RECIPES: readonly [CellKind, readonly CellMaker[], number][] = [
  ['phone', PHONE_MAKERS, 2000],
  ['email', EMAIL_MAKERS, 1500],
  ['inn', INN_MAKERS, 1000],
  ['kpp', KPP_MAKERS, 600],
  ['ogrn', OGRN_MAKERS, 600],
  ['okpo', OKPO_MAKERS, 600],
  ['account', ACCOUNT_MAKERS, 600],
  ['person name', PERSON_MAKERS, 1200],
  ['company name', COMPANY_MAKERS, 1200],
  ['mojibake', MOJIBAKE_MAKERS, 1000],
  ['placeholder', PLACEHOLDER_MAKERS, 400],
]

/**
 * Labelled dirty cells: valid made-up values spoilt by the errors people and Excel make, each with the answer known before the
 * error was made. The same seed gives the same cells.
 */
export function dirtyCells(seed = 2026): DirtyCell[] {
  const chance = chanceOf(seed)
  return RECIPES.flatMap(([, makers, count]) => cellsOf(makers, count, chance))
}
