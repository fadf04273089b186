import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { checkContact } from '#features/clients/contract.ts'
import { contactsText, draftsOf } from '#features/clients/cell-text.ts'
import { withCell } from '#features/clients/contact-cells.ts'
import { saveClient } from '#features/clients/web/save-client.ts'
import { type FillRequest, type FillRow, listFillClients } from '#features/fill-requests/contract.ts'
import { call } from '#web/api.ts'
import { notifyProblem } from '#web/layout/notify.tsx'
import { useMe } from '#web/session.ts'
import classes from './fill-requests.module.css'

interface FillCellProps {
  request: FillRequest
  row: FillRow
  at: number
  column: string
  label: string
  onSaved: (row: FillRow) => void
  onBelow: () => void
}

/** One cell: what stands there now and its state; saved when it is left, by the same road as everywhere. */
export function FillCell({ request, row, at, column, label, onSaved, onBelow }: FillCellProps) {
  const { t } = useTranslation()
  const { company } = useMe()
  const stored = contactsText(row.client.contacts, column)
  const [typed, setTyped] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const { state, asked, filled } = row.cells[column]!

  const act = async (work: () => Promise<unknown>) => {
    setSaving(true)
    try {
      await work()
      const { items } = await call(listFillClients, { id: request.id, client: row.client.id })
      setTyped(null)
      if (items[0]) onSaved(items[0])
    } catch (error) {
      notifyProblem(error)
    } finally {
      setSaving(false)
    }
  }
  const save = () => {
    if (typed === null || saving) return
    if (typed.trim() === stored.trim()) return setTyped(null)
    void act(() =>
      saveClient(row.client, {
        contacts: withCell(draftsOf(row.client.contacts), column, typed, company.cityCode),
      }),
    )
  }
  const ofColumn = row.client.contacts.filter(
    (contact) =>
      contact.kind === column.split(':', 1)[0] && (contact.verdict === 'ok' || contact.verdict === 'fixed'),
  )
  const stale = state === 'stale' && !filled && ofColumn.length > 0
  return (
    <div
      className={classes.cell}
      data-state={state}
      data-asked={asked || undefined}
      data-filled={filled || undefined}
    >
      <input
        aria-label={label}
        data-column={column}
        data-row={at}
        value={typed ?? stored}
        readOnly={saving}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault()
            onBelow()
            event.currentTarget.blur()
          } else if (event.key === 'Escape') {
            setTyped(null)
          }
        }}
      />
      <span className={classes.state}>
        {asked || !filled ? t(`reports.state.${state}`) : t('fill-requests.not-asked')}
      </span>
      {stale && (
        <Tooltip label={t('fill-requests.check')}>
          <ActionIcon
            size={24}
            variant="subtle"
            aria-label={`${t('fill-requests.check')}: ${label}`}
            onClick={() => void act(() => call(checkContact, { id: ofColumn[0]!.id }))}
          >
            <IconCheck size={15} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  )
}
