import { ActionIcon, Popover, Skeleton, Tooltip } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { ColumnListProps } from './ColumnList.tsx'

const ColumnList = lazy(async () => ({ default: (await import('./ColumnList.tsx')).ColumnList }))

/** Which columns are shown; their order and width are set in the table itself. */
export function ColumnPicker<Row>(props: ColumnListProps<Row>) {
  const { t } = useTranslation()
  return (
    <Popover position="bottom-end" width={260} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t('grid.columns')}>
          <ActionIcon variant="default" size={32} aria-label={t('grid.columns')}>
            <IconColumns3 size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <Suspense fallback={<Skeleton height={240} />}>
          <ColumnList {...(props as unknown as ColumnListProps<unknown>)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
