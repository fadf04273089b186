import { ActionIcon, Button, Group, SegmentedControl, TextInput, Tooltip } from '@mantine/core'
import { useDebouncedCallback, useLocalStorage } from '@mantine/hooks'
import { IconAddressBook, IconEditCircle, IconPlus, IconSearch, IconSearchOff } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { z } from 'zod'
import { askQuickCall } from '#features/activities/web/quick-call.ts'
import { UndoButtons } from '#features/changes/web/UndoButtons.tsx'
import { countClients, listClients, type Client } from '#features/clients/contract.ts'
import type { CellContext } from '#features/clients/fields.ts'
import { Condition } from '#features/clients/filter.ts'
import { TimeMachineMenu } from '#features/snapshots/web/TimeMachineMenu.tsx'
import { ViewsMenu } from '#features/views/web/ViewsMenu.tsx'
import { call } from '#web/api.ts'
import { formatDateTime } from '#web/format.ts'
import { ColumnPicker } from '#web/grid/ColumnPicker.tsx'
import { arrangeColumns, type ColumnLayout } from '#web/grid/columns.ts'
import { DataTable } from '#web/grid/DataTable.tsx'
import { Total } from '#web/grid/Total.tsx'
import type { WriteCells } from '#web/grid/use-cell-writes.ts'
import { useKeysetRows } from '#web/grid/use-keyset-rows.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { useUrlState } from '#web/url-state.ts'
import { useEver } from '#web/use-ever.ts'
import { conditionOfCell } from './cell-condition.ts'
import { clientColumns } from './client-columns.ts'
import { ExportMenu } from './ExportMenu.tsx'
import { FilterBar } from './FilterBar.tsx'
import { compareBy } from './row-order.ts'
import { SelectionBar } from './SelectionBar.tsx'
import { useDictionaries } from './use-dictionaries.ts'
import { useLiveTable } from './use-live-table.ts'

const BulkEditDialog = lazy(async () => ({
  default: (await import('./BulkEditDialog.tsx')).BulkEditDialog,
}))
const NewClientDialog = lazy(async () => ({
  default: (await import('./NewClientDialog.tsx')).NewClientDialog,
}))

const textual = z.coerce.string().optional().catch(undefined)

/** The state of the table, all of it in the address. */
const ClientsView = z.object({
  search: textual,
  sort: textual,
  archived: z.coerce.boolean().optional().catch(undefined),
  where: z.array(Condition).optional().catch(undefined),
  /** Filters other screens link by: `?owner=me&missing=phone`. */
  owner: textual,
  missing: textual,
  lacking: textual,
  new: z.coerce.boolean().optional().catch(undefined),
})

/** «База»: every client one may see as a live table. */
export function ClientsTable() {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const [view, setView] = useUrlState(ClientsView)
  const dictionaries = useDictionaries()
  const [layout, setLayout] = useLocalStorage<ColumnLayout | undefined>({
    key: 'clients.columns',
    defaultValue: undefined,
  })

  const conditions = useMemo(() => conditionsOf(view), [view])
  const filter = useMemo(
    () => ({
      ...(view.search && { search: view.search }),
      ...(conditions.length > 0 && { where: conditions }),
      ...(view.archived && { archived: true }),
    }),
    [view.search, view.archived, conditions],
  )
  const input = useMemo(() => ({ ...filter, ...(view.sort && { sort: view.sort }) }), [filter, view.sort])
  const order = view.sort ?? (view.search ? '' : 'name')
  const { nameOfUser } = dictionaries
  const follow = useMemo(
    () => ({
      fetch: async (ids: string[]) => (await call(listClients, { ...input, ids, limit: 500 })).items,
      compare: compareBy(order, nameOfUser),
    }),
    [input, order, nameOfUser],
  )
  const listed = useKeysetRows(listClients, input, { endpoint: countClients, input: filter }, follow)

  const columns = useMemo(() => {
    const context: CellContext = {
      language: i18n.language,
      nameOfUser: dictionaries.nameOfUser,
      formatInstant: formatDateTime,
    }
    return clientColumns(dictionaries, context, me)
  }, [dictionaries, i18n.language, me])

  const live = useLiveTable(listed, columns, dictionaries.nameOfUser)
  const source = live.source
  const queries = useQueryClient()
  const write = useCallback<WriteCells<Client>>(
    async (...act) => (await import('./write-cells.ts')).writeCells(queries)(...act),
    [queries],
  )
  const [checked, setChecked] = useState<Client[]>([])
  const [range, setRange] = useState<Client[]>([])
  const selected = checked.length > 0 ? checked : range
  const [bulk, setBulk] = useState<Client[]>()

  const setConditions = (where: Condition[]) =>
    setView({
      where: where.length > 0 ? where : undefined,
      owner: undefined,
      missing: undefined,
      lacking: undefined,
    })
  const everNew = useEver(view.new ?? false)
  const narrowed = conditions.length > 0 || Boolean(view.search)
  const open = (client: Client) =>
    void navigate({ to: '/clients/$id', params: { id: client.id }, search: true } as never)

  return (
    <Page
      fill
      title={t('clients.title')}
      aside={
        <>
          <Total source={source} />
          {source.atTop ? ` · ${t('grid.at-top', { count: source.atTop })}` : null}
        </>
      }
      actions={
        <Group gap="xs">
          <UndoButtons />
          <ViewsMenu
            screen="clients"
            label={t('views.views')}
            definition={() => ({ search: view.search, sort: view.sort, where: conditions, layout })}
            onOpen={({ definition }) => {
              const saved = definition as {
                search?: string
                sort?: string
                where?: Condition[]
                layout?: ColumnLayout
              }
              setLayout(saved.layout)
              setView({
                search: saved.search,
                sort: saved.sort,
                where: saved.where,
                owner: undefined,
                missing: undefined,
                lacking: undefined,
              })
            }}
          />
          {(me.role === 'head' || me.mayExport) && (
            <ExportMenu
              request={() => ({ ...input, columns: arrangeColumns(columns, layout).map(({ id }) => id) })}
            />
          )}
          <Button leftSection={<IconPlus size={16} />} onClick={() => setView({ new: true }, { keep: true })}>
            {t('clients.new')}
          </Button>
        </Group>
      }
      toolbar={
        <Group justify="space-between" align="flex-start" w="100%" gap="sm">
          <Group gap="xs">
            <SearchBox
              text={view.search ?? ''}
              onSearch={(search) => setView({ search: search || undefined })}
            />
            <FilterBar conditions={conditions} onChange={setConditions} dictionaries={dictionaries} />
            {!view.archived && <TimeMachineMenu filter={filter} />}
          </Group>
          <Group gap="xs">
            <SegmentedControl
              size="xs"
              value={view.archived ? 'archive' : 'base'}
              data={[
                { value: 'base', label: t('clients.in-base') },
                { value: 'archive', label: t('clients.archive') },
              ]}
              onChange={(value) => setView({ archived: value === 'archive' || undefined })}
            />
            {checked.length > 0 || selected.length > 1 ? (
              <SelectionBar count={selected.length} onBulkEdit={() => setBulk(selected)} />
            ) : (
              <Tooltip label={t('clients.bulk-all')}>
                <ActionIcon
                  variant="default"
                  size={32}
                  aria-label={t('clients.bulk-all')}
                  onClick={() => setBulk([])}
                >
                  <IconEditCircle size={17} stroke={1.6} />
                </ActionIcon>
              </Tooltip>
            )}
            <ColumnPicker columns={columns} layout={layout} onLayout={setLayout} />
          </Group>
        </Group>
      }
    >
      <DataTable
        label={t('clients.table')}
        source={source}
        columns={columns}
        layout={layout}
        onLayout={setLayout}
        sort={order}
        usualSort="name"
        onSort={(sort) => setView({ sort })}
        onOpen={open}
        rowKeys={rowKeys}
        onWrite={write}
        present={live.present}
        onCursor={live.onCursor}
        waiting={live.waiting}
        newRow={view.archived ? undefined : t('clients.new-row')}
        selectable
        onSelect={setChecked}
        onRange={setRange}
        onFilter={(field, client) => {
          const condition = conditionOfCell(field, client)
          return condition && (() => setConditions([...conditions, condition]))
        }}
        onBulkEdit={setBulk}
        empty={
          <Nothing
            narrowed={narrowed}
            archived={view.archived ?? false}
            onClear={() =>
              setView({
                search: undefined,
                where: undefined,
                owner: undefined,
                missing: undefined,
                lacking: undefined,
              })
            }
          />
        }
      />
      <Suspense fallback={null}>
        {bulk && (
          <BulkEditDialog rows={bulk} filter={filter} columns={columns} onClose={() => setBulk(undefined)} />
        )}
        {everNew && (
          <NewClientDialog opened={view.new ?? false} onClose={() => setView({ new: undefined })} />
        )}
      </Suspense>
    </Page>
  )
}

const rowKeys = { KeyC: ({ id }: Client) => askQuickCall({ clientId: id }) }

/** Conditions of the address, those of a link from another screen among them. */
function conditionsOf({ where, owner, missing, lacking }: z.output<typeof ClientsView>): Condition[] {
  const linked: Condition[] = []
  if (owner) linked.push({ field: 'owner', op: 'is', value: owner.split(',') })
  for (const kind of missing?.split(',') ?? []) {
    const condition = Condition.safeParse({ field: kind, op: 'empty' })
    if (condition.success) linked.push(condition.data)
  }
  for (const kind of lacking?.split(',') ?? []) {
    const condition = Condition.safeParse({ field: kind, op: 'lacking' })
    if (condition.success) linked.push(condition.data)
  }
  return [...linked, ...(where ?? [])]
}

function SearchBox({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(text)
  const [sent, setSent] = useState(text)
  const search = useDebouncedCallback((wanted: string) => {
    setSent(wanted)
    onSearch(wanted)
  }, 200)
  // The address changed without typing: a view was opened or the filter cleared.
  if (text !== sent) {
    setSent(text)
    setTyped(text)
  }
  return (
    <TextInput
      type="search"
      w={{ base: '100%', xs: 300 }}
      aria-label={t('clients.search-label')}
      placeholder={t('clients.search-placeholder')}
      leftSection={<IconSearch size={15} stroke={1.6} />}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value)
        search(currentTarget.value)
      }}
    />
  )
}

function Nothing({
  narrowed,
  archived,
  onClear,
}: {
  narrowed: boolean
  archived: boolean
  onClear: () => void
}) {
  const { t } = useTranslation()
  if (narrowed) {
    return (
      <EmptyState
        icon={<IconSearchOff size={32} stroke={1.2} />}
        title={t('clients.empty-found-title')}
        text={t('clients.empty-found-text')}
      >
        <Button variant="default" onClick={onClear}>
          {t('clients.clear-filter')}
        </Button>
      </EmptyState>
    )
  }
  if (archived) return <EmptyState title={t('clients.empty-archive')} />
  return (
    <EmptyState
      icon={<IconAddressBook size={32} stroke={1.2} />}
      title={t('clients.empty-title')}
      text={t('clients.empty-text')}
    >
      <Button renderRoot={(props) => <Link to="/imports" {...props} />}>{t('clients.import')}</Button>
    </EmptyState>
  )
}
