import { Outlet, useChildMatches } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { withWords } from '#web/i18n/i18n.ts'
import { useEver } from '#web/use-ever.ts'

const ClientsTable = lazy(async () => ({
  default: (await withWords(['changes', 'views'], import('./ClientsTable.tsx'))).ClientsTable,
}))

/** «База» with the card of a client over it. A card opened by its address stands alone: the table comes when it is closed. */
export function ClientsPage() {
  const isCardOpen = useChildMatches({ select: (matches) => matches.length > 0 })
  const everShown = useEver(!isCardOpen)
  return (
    <>
      <Suspense fallback={null}>{everShown && <ClientsTable />}</Suspense>
      <Outlet />
    </>
  )
}
