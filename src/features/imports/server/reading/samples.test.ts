import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { proposeMapping, sampleSheets } from './propose-mapping.ts'
import { readTable } from './read-table.ts'
import { Refusal } from './refusal.ts'
import { rowToClient } from './rows-to-clients.ts'

/** Files of other programs, kept beside the project and never in it. */
const SAMPLES = resolve('../shared/samples')
const present = existsSync(SAMPLES)

/** Path → number of rows that name a client, or the code of the refusal. */
const EXPECTED: Record<string, number | string> = {
  'xlsx/kola_Сотрудники.xlsx': 9,
  'xlsx/kola_Отели.xlsx': 19,
  'xlsx/kachura_Клиенты.xlsx': 'table.nobody-named',
  'xlsx/poi_51626_contact.xlsx': 1,
  'xlsx/roo_blank_children.xlsx': 2,
  'xlsx/roo_avito_услуги_masked.xlsx': 413,
  'xlsx/poi_SampleSS.strict.xlsx': 'table.nothing-recognised',
  'xls/poi_57925_бюджет.xls': 'table.nothing-recognised',
  'xls/poi_testEXCEL_5_biff5.xls': 'table.nothing-recognised',
  'xls/poi_45538_form.xls': 'table.form',
  'xls/poi_43251_report.xls': 390,
  'xls/calamine_OOM_alloc2_sales.xls': 191,
  'xls/derived_kola_Сотрудники_biff8.xls': 9,
  'ods/derived_ktelecom_Контрагенты.ods': 6,
  'ods/dolibarr_template_thirdparty.ods': 'table.form',
  'ods/calamine_any_sheets.ods': 'table.nothing-recognised',
  'ods/calamine_number_rows_repeated.ods': 'table.nothing-recognised',
  'csv/borey_Клиенты.csv': 91,
  'csv/netology_phonebook_raw.csv': 8,
  'csv/ktelecom_partners.csv': 6,
  'csv/roo_iso_8859_1_goods.csv': 'table.nothing-recognised',
  'csv/thunderbird_semicolon.csv': 2,
  'csv/atomic-crm_contacts_export.csv': 2,
  'csv/atomic-crm_contacts_500.csv': 500,
  'csv/derived_borey_clients_cp1251_semicolon.csv': 91,
  'txt/student_notes_masked.txt': 'table.nothing-recognised',
  'hostile/poi_poc-xmlbomb.xlsx': 'file.hostile',
  'hostile/poi_54764_xmlbomb.xlsx': 'file.hostile',
  'hostile/poi_xlsx-corrupted_doctype.xlsx': 'table.nothing-recognised',
  'hostile/poi_protected_passtika.xlsx': 'file.encrypted',
  'hostile/poi_password.xls': 'file.encrypted',
  'hostile/roo_encrypted-letmein.ods': 'file.encrypted',
  'hostile/poi_fuzz_1523.xlsx': 'file.damaged',
  'hostile/calamine_too_small.xls': 'table.no-rows',
  'hostile/roo_type_excel.ods': 'table.nothing-recognised',
}

/** The name says it aloud where the folder is missing. */
describe.skipIf(!present)(
  present ? 'samples of other programs' : 'SKIPPED: no ../shared/samples beside the project',
  () => {
    for (const [path, expected] of Object.entries(EXPECTED)) {
      test(`${path} gives ${expected}`, { timeout: 10_000 }, async () => {
        expect(await outcomeOf(join(SAMPLES, path))).toBe(expected)
      })
    }

    test('no file of another kind crashes or hangs', { timeout: 120_000 }, async () => {
      const files = readdirSync(SAMPLES, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      )
      expect(files.length).toBeGreaterThan(70)
      for (const file of files) {
        const started = performance.now()
        await outcomeOf(join(file.parentPath, file.name))
        expect(performance.now() - started, file.name).toBeLessThan(10_000)
      }
    })
  },
)

async function outcomeOf(path: string): Promise<number | string> {
  try {
    const table = await readTable(path)
    try {
      const { mapping, problem } = proposeMapping(await sampleSheets(table))
      if (problem !== null) return problem
      let clients = 0
      for await (const batch of table.rows(mapping.sheet)) {
        for (const { number, cells } of batch) if (rowToClient(mapping, number, cells, {}).draft) clients++
      }
      return clients
    } finally {
      await table.close()
    }
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
