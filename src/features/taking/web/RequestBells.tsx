import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { listExportRequests } from '#features/taking/contract.ts'
import { query } from '#web/api.ts'
import { withWords } from '#web/i18n/i18n.ts'

/** Tells a head at once that somebody asks for an export; gone when it is decided, by whomever. */
export function RequestBells() {
  const navigate = useNavigate()
  const asked = useQuery({
    ...query(listExportRequests, { state: ['asked'], limit: 20 }),
    refetchInterval: 60_000,
  }).data?.items
  const shown = useRef(new Set<string>())
  useEffect(() => {
    if (!asked) return
    const waiting = new Set(asked.map(({ id }) => id))
    for (const id of shown.current) {
      if (waiting.has(id)) continue
      shown.current.delete(id)
      notifications.hide(`export-request-${id}`)
    }
    for (const request of asked) {
      if (shown.current.has(request.id)) continue
      shown.current.add(request.id)
      void withWords(['taking'], import('./ring-request.tsx')).then(({ ringRequest }) => {
        if (shown.current.has(request.id))
          ringRequest(request, () => void navigate({ to: '/taking', search: { tab: 'requests' } } as never))
      })
    }
    // Only a new answer rings.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [asked])
  return null
}
