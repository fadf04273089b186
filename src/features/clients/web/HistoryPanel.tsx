import { ActionIcon, Badge, Button, Menu, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '#web/i18n/translation.ts'
import { sayAct } from '#features/changes/web/acts.ts'
import classes from '#features/changes/web/journal.module.css'
import { momentBefore } from '#features/changes/web/moment-before.ts'
import { refreshScreen } from '#features/changes/web/refresh-screen.ts'
import { RowLines } from '#features/changes/web/RowLines.tsx'
import type { SaidField, SaidRow } from '#features/changes/web/say-row.ts'
import { clientHistory, type HistoryLine, restoreFromHistory } from '#features/clients/contract.ts'
import { call, keyOf, useApiMutation } from '#web/api.ts'
import { formatDateTime } from '#web/format.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import type { Dictionaries } from './use-dictionaries.ts'

const pageSize = 50

interface HistoryPanelProps {
  clientId: string
  dictionaries: Dictionaries
}

/** Who changed what on this client, the latest first; whatever was changed or removed can be brought back from here. */
export function HistoryPanel({ clientId, dictionaries }: HistoryPanelProps) {
  const { t } = useTranslation()
  const pages = useInfiniteQuery({
    queryKey: [keyOf(clientHistory), clientId],
    queryFn: ({ pageParam, signal }) =>
      call(clientHistory, { id: clientId, cursor: pageParam, limit: pageSize }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  return (
    <Loaded of={pages} meanwhile={4}>
      {({ pages: all }) => {
        const acts = Map.groupBy(
          all.flatMap(({ items }) => items),
          ({ changeSetId }) => changeSetId,
        )
        if (acts.size === 0) return <Text size="sm">{t('changes.history.empty')}</Text>
        return (
          <>
            <ol className={classes.history}>
              {[...acts].map(([id, lines]) => (
                <HistoryAct key={id} clientId={clientId} lines={lines} dictionaries={dictionaries} />
              ))}
            </ol>
            {pages.hasNextPage && (
              <Button
                variant="subtle"
                size="compact-sm"
                loading={pages.isFetchingNextPage}
                onClick={() => void pages.fetchNextPage()}
              >
                {t('changes.show-more')}
              </Button>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

interface HistoryActProps extends HistoryPanelProps {
  lines: HistoryLine[]
}

function HistoryAct({ clientId, lines, dictionaries }: HistoryActProps) {
  const { t } = useTranslation()
  const act = lines[0]!
  return (
    <li className={classes.act}>
      <div className={classes.actHead}>
        <span className={classes.actName}>{sayAct(act)}</span>
        <ActMenu clientId={clientId} act={act} />
      </div>
      <div className={classes.quiet}>
        <time dateTime={act.at}>{formatDateTime(act.at)}</time>
        {` · ${dictionaries.nameOfUser(act.authorId) || t('changes.somebody')}`}
        {act.onBehalfOf && (
          <Badge size="xs" ml={6}>
            {t('changes.on-behalf', { name: dictionaries.nameOfUser(act.onBehalfOf) })}
          </Badge>
        )}
      </div>
      {lines.map((line) => (
        <RowLines
          key={`${line.entity} ${line.rowId} ${line.op}`}
          row={line}
          action={(said, field) => <Restore clientId={clientId} line={line} said={said} field={field} />}
        />
      ))}
    </li>
  )
}

function ActMenu({ clientId, act }: { clientId: string; act: HistoryLine }) {
  const { t } = useTranslation()
  const item = (word: 'card-after' | 'card-before', at: string) => (
    <Menu.Item
      renderRoot={(props) => (
        <Link
          to={'/clients/$id/as-of' as never}
          params={{ id: clientId } as never}
          search={(old: object) => ({ ...old, at })}
          {...props}
        />
      )}
    >
      {t(`changes.${word}`)}
    </Menu.Item>
  )
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          size={24}
          className="no-print"
          aria-label={t('changes.more-act', { act: sayAct(act), time: formatDateTime(act.at) })}
        >
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {act.op !== 'i' || act.entity !== 'clients' ? item('card-before', momentBefore(act.at)) : null}
        {item('card-after', act.at)}
        <Menu.Item
          renderRoot={(props) => (
            <Link to={'/journal/$id' as never} params={{ id: act.changeSetId } as never} {...props} />
          )}
        >
          {t('changes.in-journal')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

interface RestoreProps {
  clientId: string
  line: HistoryLine
  said: SaidRow
  field?: SaidField | undefined
}

/** «Вернуть» at the end of a line: the earlier value, the removed row, the client out of the archive. */
function Restore({ clientId, line, said, field }: RestoreProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const restore = useApiMutation(restoreFromHistory, {
    onSuccess: async ({ changeSetId }) => {
      await refreshScreen(queries)
      notifyDone(t(changeSetId ? 'changes.history.restored' : 'changes.history.was-so'))
    },
  })
  if (line.op === 'i') return null
  const { changeSetId, rowId } = line
  const entity = line.entity as 'clients'
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      className={`${classes.restore} no-print`}
      aria-label={
        field
          ? t('changes.history.restore-field', { field: field.title })
          : t('changes.history.restore-row', { what: said.headline ?? '' })
      }
      loading={restore.isPending}
      onClick={() =>
        restore.mutate({ id: clientId, changeSetId, entity, rowId, ...(field && { fields: field.columns }) })
      }
    >
      {t('changes.history.restore')}
    </Button>
  )
}
