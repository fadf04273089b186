/** An event of the server's stream; `message` where it has no name. */
export interface StreamEvent {
  id: string
  event: string
  data: unknown
}

interface Following {
  onEvent: (event: StreamEvent) => void
  /** Any sign of life, events and heartbeats alike. */
  onLife?: () => void
  onUp: (up: boolean) => void
  /** The server knows the caller no longer. */
  onSignedOut: () => void
}

/** The server's heart beats every ten seconds; a line that is silent for longer than this is dead, whatever the system says. */
const silenceMs = 25_000
const longestWaitMs = 5_000

/**
 * Follows the stream until stopped: comes back by itself and goes on from the last event. By `fetch`, since `EventSource` tells neither
 * "signed out" from "away" nor hears the heartbeats.
 * @returns stops it
 */
export function followStream({ onEvent, onLife, onUp, onSignedOut }: Following, lastId = ''): () => void {
  const stopping = new AbortController()
  let wait = 500
  let wakeUp = () => {}

  const once = async () => {
    const line = new AbortController()
    const stop = () => line.abort()
    stopping.signal.addEventListener('abort', stop)
    let watch = setTimeout(stop, silenceMs)
    try {
      const response = await fetch(`/api/stream${lastId ? '' : '?lookback=10'}`, {
        headers: lastId ? { 'last-event-id': lastId } : {},
        credentials: 'same-origin',
        cache: 'no-store',
        signal: line.signal,
      })
      if (response.status === 401 || response.status === 403) {
        stopping.abort()
        if (response.status === 401) onSignedOut()
      }
      if (response.status !== 200 || !response.body) return
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      let rest = ''
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        clearTimeout(watch)
        watch = setTimeout(stop, silenceMs)
        onLife?.()
        const frames = (rest + value).split('\n\n')
        rest = frames.pop()!
        for (const frame of frames) {
          const event = eventOf(frame)
          lastId = event.id || lastId
          if (event.event === 'ready') {
            wait = 500
            onUp(true)
          }
          if (event.data !== undefined) onEvent(event)
        }
      }
    } catch {
      // Away; tried again below.
    } finally {
      clearTimeout(watch)
      stopping.signal.removeEventListener('abort', stop)
      onUp(false)
    }
  }

  const keepFollowing = async () => {
    while (!stopping.signal.aborted) {
      await once()
      if (stopping.signal.aborted) return
      await new Promise<void>((resolve) => {
        wakeUp = resolve
        setTimeout(resolve, wait * (0.75 + Math.random() / 2))
      })
      wait = Math.min(wait * 2, longestWaitMs)
    }
  }
  const online = () => wakeUp()
  addEventListener('online', online)
  void keepFollowing()
  return () => {
    removeEventListener('online', online)
    stopping.abort()
    wakeUp()
  }
}

/** `data` is undefined for a comment or a mere position. */
export function eventOf(frame: string): StreamEvent {
  let id = ''
  let event = 'message'
  let data: string | undefined
  for (const line of frame.split('\n')) {
    const colon = line.indexOf(':')
    const value = line.slice(colon + 1).replace(/^ /, '')
    const name = line.slice(0, colon)
    if (name === 'id') id = value
    else if (name === 'event') event = value
    else if (name === 'data') data = data === undefined ? value : `${data}\n${value}`
  }
  return { id, event, data: data === undefined ? undefined : JSON.parse(data) }
}
