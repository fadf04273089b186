import { useEffect, useRef } from 'react'

const againMs = 10_000
const settleMs = 400

/** Tells the others that this person is in a client, and in which of its fields, as long as the screen shows it. */
export function useAnnounce(clientId: string | null, field: string | null) {
  const said = useRef<string | null>(null)
  useEffect(() => {
    if (clientId === null) return
    const sayIt = () => {
      if (document.hidden) return
      said.current = clientId
      say({ clientId, field })
    }
    // Who walks through cells is told where he stops.
    const soon = setTimeout(sayIt, settleMs)
    const again = setInterval(sayIt, againMs)
    return () => {
      clearTimeout(soon)
      clearInterval(again)
    }
  }, [clientId, field])
  useEffect(() => {
    const leave = () => {
      if (said.current !== null && said.current === clientId) say({ clientId: said.current, left: true })
      said.current = null
    }
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [clientId])
}

/** Not by `call`: nobody waits for it and no failure is worth a word. */
function say(presence: { clientId: string; field?: string | null; left?: boolean }) {
  void fetch('/api/presence', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    credentials: 'same-origin',
    keepalive: true,
    body: JSON.stringify(presence),
  }).catch(() => {})
}
