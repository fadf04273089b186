import { followStream, type StreamEvent } from './read-stream.ts'

/**
 * One stream for a browser, however many tabs: browsers allow six connections to a server, and a tab each would take them all. The tab
 * that holds the lease reads the stream and hands what it hears to the others. By a lease in localStorage and a BroadcastChannel, since
 * locks need https and shared workers are missing on telephones.
 */
interface Message {
  kind: 'event' | 'up' | 'down' | 'who' | 'free' | 'signed-out'
  event?: StreamEvent
}

const leaseMs = 25_000
const renewMs = 5_000
/** Storage written by one tab reaches another within this. */
const settleMs = 120

interface Lease {
  tab: string
  until: number
}

export interface Line {
  close(): void
}

/** @param person the lease is his: another person's tabs in the same browser follow another stream */
export function openLine(
  person: string,
  on: { event: (event: StreamEvent) => void; up: (up: boolean) => void; signedOut: () => void },
): Line {
  const tab = crypto.getRandomValues(new Uint32Array(2)).join('-')
  const key = `live.lease.${person}`
  const channel = new BroadcastChannel(`live.${person}`)
  const presence = new Map<string, StreamEvent>()
  let stop: (() => void) | undefined
  let isUp = false
  let lastId = ''
  let closed = false

  const read = (): Lease | undefined => {
    try {
      const lease = JSON.parse(localStorage.getItem(key) ?? '') as Lease
      return lease.until > Date.now() ? lease : undefined
    } catch {
      return undefined
    }
  }
  const write = (until = Date.now() + leaseMs) =>
    localStorage.setItem(key, JSON.stringify({ tab, until } satisfies Lease))
  const say = (message: Message) => channel.postMessage(message)
  const setUp = (up: boolean) => {
    if (up === isUp) return
    isUp = up
    on.up(up)
  }
  const hear = (event: StreamEvent) => {
    lastId = event.id || lastId
    keepPresence(presence, event)
    on.event(event)
  }

  const holds = () => read()?.tab === tab
  const renew = () => {
    if (!stop) return
    if (holds() || !read()) return write()
    // Frozen for a while, and another tab has taken over.
    stop()
    stop = undefined
  }
  const lead = () => {
    stop = followStream(
      {
        onEvent: (event) => {
          hear(event)
          say({ kind: 'event', event })
        },
        onLife: renew,
        onUp: (up) => {
          setUp(up)
          say({ kind: up ? 'up' : 'down' })
        },
        onSignedOut: () => {
          say({ kind: 'signed-out' })
          on.signedOut()
        },
      },
      lastId,
    )
  }
  const tryToLead = async () => {
    if (closed || stop || read()) return
    await pause(Math.random() * settleMs)
    if (closed || stop || read()) return
    write()
    await pause(settleMs)
    if (!closed && !stop && holds()) lead()
  }

  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'event') hear(data.event!)
    else if (data.kind === 'up' || data.kind === 'down') setUp(data.kind === 'up')
    else if (data.kind === 'signed-out') on.signedOut()
    else if (data.kind === 'free') void tryToLead()
    else if (stop) {
      say({ kind: isUp ? 'up' : 'down' })
      for (const event of presence.values()) say({ kind: 'event', event })
    }
  })
  const tick = setInterval(() => (stop ? renew() : void tryToLead()), renewMs)
  const letGo = () => {
    stop?.()
    stop = undefined
    // Also while it is only being tried: nobody else would lead until it ended.
    if (!holds()) return
    write(0)
    say({ kind: 'free' })
  }
  const begin = () => {
    say({ kind: 'who' })
    void tryToLead()
  }
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return
    // The page was kept aside and has heard nothing meanwhile.
    on.event({ id: '', event: 'reload', data: {} })
    begin()
  }
  addEventListener('pagehide', letGo)
  addEventListener('pageshow', comeBack)
  begin()
  return {
    close: () => {
      closed = true
      clearInterval(tick)
      removeEventListener('pagehide', letGo)
      removeEventListener('pageshow', comeBack)
      letGo()
      channel.close()
    },
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Who is where now, for a tab that comes later. */
function keepPresence(presence: Map<string, StreamEvent>, event: StreamEvent) {
  if (event.event === 'reload') return presence.clear()
  if (event.event !== 'presence') return
  const { clientId, people } = event.data as { clientId: string; people: unknown[] }
  if (people.length > 0) presence.set(clientId, event)
  else presence.delete(clientId)
}
