/** The columns COPY fills, by table; `import_id` goes first in each. */
export const STAGING = {
  import_rows:
    'import_id, number, cells, problem, id, fingerprint, kind, name, name_core, full_name, inn, inn_holds, kpp, ogrn, okpo, region, source, stage, categories, comment, is_buyer, is_supplier, external_code, created_at, owner, custom, entered',
  import_people:
    'import_id, number, ordinal, id, name, last_name, first_name, middle_name, gender, position, role, birthday, comment',
  import_contacts:
    'import_id, number, ordinal, person, id, kind, label, value, normalized, extension, verdict, reason, match_key, note, do_not_call',
  import_accounts: 'import_id, number, ordinal, id, account, bic, bank, corr_account',
} as const

export type StagingTable = keyof typeof STAGING
export const STAGING_TABLES = Object.keys(STAGING) as StagingTable[]
