/** Columns of one contact under the names of the contract; `t` is contacts. */
const contactPairs = `
  'id', t.id, 'kind', t.kind, 'label', t.label, 'value', t.value, 'normalized', t.normalized, 'extension', t.extension,
  'verdict', t.verdict, 'reason', t.reason, 'note', t.note, 'primary', t.is_primary, 'doNotCall', t.do_not_call,
  'personId', t.person_id, 'checkedAt', t.checked_at, 'checkedBy', t.checked_by`

/** SQL of one contact as JSON, over contacts `t`. */
export const contactJson = `json_build_object(${contactPairs})`

/** SQL of a whole client as JSON of the contract, over clients `c`; children by the caller's own rights. */
export const clientJson = `json_build_object(
  'id', c.id, 'no', c.no, 'version', c.version, 'kind', c.kind, 'name', c.name, 'fullName', c.full_name,
  'inn', c.inn, 'kpp', c.kpp, 'ogrn', c.ogrn, 'okpo', c.okpo, 'headClientId', c.head_client_id,
  'isBuyer', c.is_buyer, 'isSupplier', c.is_supplier, 'ownerId', c.owner_id,
  'source', c.source, 'stage', c.stage, 'region', c.region, 'categories', c.categories, 'comment', c.comment,
  'externalCode', c.external_code, 'custom', c.custom, 'entered', c.entered,
  'managerIds', (select coalesce(json_agg(s.user_id), '[]') from seats s where s.client_id = c.id and s.reason = 'shared'),
  'contacts', (select coalesce(json_agg(${contactJson} order by t.ordinal, t.id) filter (where t.person_id is null), '[]')
    from contacts t where t.client_id = c.id),
  'people', (select coalesce(json_agg(json_build_object(
      'id', p.id, 'name', p.name, 'lastName', p.last_name, 'firstName', p.first_name, 'middleName', p.middle_name,
      'gender', p.gender, 'position', p.position, 'role', p.role, 'birthday', p.birthday, 'comment', p.comment,
      'contacts', (select coalesce(json_agg(${contactJson} order by t.ordinal, t.id), '[]') from contacts t where t.person_id = p.id)
    ) order by p.ordinal, p.id), '[]') from people p where p.client_id = c.id),
  'accounts', (select coalesce(json_agg(json_build_object(
      'id', b.id, 'account', b.account, 'bic', b.bic, 'bank', b.bank, 'corrAccount', b.corr_account, 'primary', b.is_primary
    ) order by b.ordinal, b.id), '[]') from bank_accounts b where b.client_id = c.id),
  'nextPlanAt', nullif(c.next_plan_at, 'infinity'), 'createdAt', c.created_at, 'createdBy', c.created_by,
  'updatedAt', c.updated_at, 'updatedBy', c.updated_by, 'archivedAt', c.archived_at)`
