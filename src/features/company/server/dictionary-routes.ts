import type { FastifyInstance } from 'fastify'
import * as contract from '#features/company/contract.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'
import { invalid, notFound, Problem } from '#server/http/problem.ts'
import { route } from '#server/http/route.ts'
import * as dictionaries from './dictionaries.ts'
import { followDictionary } from './follow-dictionary.ts'

/** Labels, choices and custom fields: read by everybody, edited by head and admin; clients follow a change of name in one change-set. */
export function dictionaryRoutes(app: FastifyInstance) {
  route(app, contract.getDictionaries, (_, { tx }) => dictionaries.allDictionaries(tx))
  labelRoutes(app)
  choiceRoutes(app)
  customFieldRoutes(app)
}

function labelRoutes(app: FastifyInstance) {
  route(app, contract.addLabel, async (label, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    return (await dictionaries.insertLabel(tx, label))!
  })
  route(app, contract.patchLabel, async ({ id, kind, ...changes }, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    const before = found(await dictionaries.findLabel(tx, id))
    if (kind && kind !== before.kind) throw invalid('kind', otherKind)
    const { position } = changes
    if (position !== undefined) await dictionaries.makeRoom(tx, { id, kind: before.kind, position })
    const after = (await dictionaries.updateLabel(tx, id, changes))!
    if (after.name !== before.name) {
      await followDictionary(tx, { what: 'label', kind: after.kind, from: [before.name], to: after.name })
    }
    return after
  })
  route(app, contract.deleteLabel, async ({ id, mergeInto }, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    const gone = found(await dictionaries.findLabel(tx, id))
    if (mergeInto) await mergeLabels(tx, gone, mergeInto)
    await dictionaries.dropRow(tx, 'labels', id)
  })
}

type Label = NonNullable<Awaited<ReturnType<typeof dictionaries.findLabel>>>

/** Contacts of one label take another, which answers to both names from now on: the next import finds it by either. */
async function mergeLabels(tx: Tx, gone: Label, into: string) {
  const target = into === gone.id ? undefined : await dictionaries.findLabel(tx, into)
  if (!target || target.kind !== gone.kind) throw invalid('mergeInto', otherKind)
  await dictionaries.updateLabel(tx, target.id, {
    synonyms: [...new Set([...target.synonyms, gone.name, ...gone.synonyms])],
  })
  await followDictionary(tx, {
    what: 'label',
    kind: target.kind,
    from: [gone.name, ...gone.synonyms],
    to: target.name,
  })
}

function choiceRoutes(app: FastifyInstance) {
  route(app, contract.addChoice, async (choice, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    checkBelongs(choice.field, choice)
    return (await dictionaries.insertChoice(tx, choice))!
  })
  route(app, contract.patchChoice, async ({ id, field, ...changes }, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    const before = found(await dictionaries.findChoice(tx, id))
    if (field && field !== before.field) throw invalid('field', otherField)
    checkBelongs(before.field, changes)
    const { position } = changes
    if (position !== undefined)
      await dictionaries.makeRoomForChoice(tx, { id, field: before.field, position })
    const after = (await dictionaries.updateChoice(tx, id, changes))!
    if (after.name !== before.name) {
      await followDictionary(tx, { what: before.field, from: before.name, to: after.name })
    }
    return after
  })
  route(app, contract.deleteChoice, async ({ id }, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    found(await dictionaries.findChoice(tx, id))
    await dictionaries.dropRow(tx, 'choices', id)
  })
}

interface Belongings {
  requiredKinds?: readonly string[] | undefined
  rhythmDays?: number | null | undefined
  reached?: boolean | null | undefined
  activityKinds?: readonly string[] | undefined
  isLost?: boolean | undefined
}

/** Required kinds are of categories and stages, a rhythm of a category, a loss of a stage, what it says of an answer of an outcome. */
function checkBelongs(
  field: string,
  { requiredKinds, rhythmDays, reached, activityKinds, isLost }: Belongings,
) {
  if (requiredKinds?.length && field !== 'category' && field !== 'stage')
    throw invalid('requiredKinds', noKindsHere)
  if (rhythmDays != null && field !== 'category') throw invalid('rhythmDays', onlyCategories)
  if (isLost && field !== 'stage') throw invalid('isLost', onlyStages)
  if (field === 'outcome') return
  if (reached != null) throw invalid('reached', onlyOutcomes)
  if (activityKinds?.length) throw invalid('activityKinds', onlyOutcomes)
}

function customFieldRoutes(app: FastifyInstance) {
  route(app, contract.addCustomField, async (field, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    checkOptions(field.type, field.options)
    return (await dictionaries.insertCustomField(tx, field))!
  })
  route(app, contract.patchCustomField, async ({ id, ...changes }, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    const before = found(await dictionaries.findCustomField(tx, id))
    if (changes.type && changes.type !== before.type) await requireUnused(tx, before.key)
    checkOptions(changes.type ?? before.type, changes.options ?? before.options)
    return (await dictionaries.updateCustomField(tx, id, changes))!
  })
  route(app, contract.deleteCustomField, async ({ id }, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    const { key } = found(await dictionaries.findCustomField(tx, id))
    await followDictionary(tx, { what: 'custom-field', key })
    await dictionaries.dropRow(tx, 'custom_fields', id)
  })
}

async function requireUnused(tx: Tx, key: string) {
  const { used } = (await rowOf<{ used: boolean }>(tx, 'select custom_field_used($1) as used', [key]))!
  if (!used) return
  throw new Problem(409, 'field-in-use', {
    ru: 'Поле уже заполнено у клиентов, поэтому его тип не меняется. Заведите новое поле.',
    en: 'Clients have values in this field, so its type stays. Define a new field.',
  })
}

function checkOptions(type: string, options: readonly string[] = []) {
  if (type === 'choice' && options.length === 0) throw invalid('options', optionsMissing)
}

function found<T>(row: T | undefined): T {
  if (row === undefined) throw notFound()
  return row
}

const otherKind = {
  ru: 'Виды объединяются и переименовываются внутри одного типа контакта.',
  en: 'Labels are merged and renamed within one kind of contact.',
}
const otherField = {
  ru: 'Значение не переходит в другое поле.',
  en: 'A choice does not move to another field.',
}
const noKindsHere = {
  ru: 'Обязательные контакты задаются для категории или стадии.',
  en: 'Required contacts are set for a category or a stage.',
}
const onlyStages = {
  ru: 'Потерянными клиенты бывают только на стадии.',
  en: 'Only a stage can mean that a client is lost.',
}
const onlyCategories = { ru: 'Ритм задаётся для категории.', en: 'A rhythm is set for a category.' }
const onlyOutcomes = {
  ru: 'Это свойство есть только у итогов событий.',
  en: 'Only outcomes of events have this property.',
}
const optionsMissing = { ru: 'Укажите варианты для выбора.', en: 'Give the options to choose from.' }
