import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { sendBatch, type Statement } from '#server/db/as-caller.ts'

/** What processes on one base tell each other; `payload` is JSON, empty for a mere knock. */
export interface Notice {
  channel: Channel
  payload: string
}
const channels = ['kartoteka_changes', 'kartoteka_people', 'kartoteka_presence', 'kartoteka_alarms'] as const
export type Channel = (typeof channels)[number]

/**
 * The connection a process listens on, for itself: other statements would hold the notices up. It comes back by itself; whoever waits for
 * a notice that was lost meanwhile asks again when it is `onUp`.
 */
export class Wire {
  private client: pg.Client | undefined
  private readonly config: pg.ClientConfig
  private readonly onNotice: (notice: Notice) => void
  private readonly onUp: () => void
  private stopped = false

  constructor(config: pg.ClientConfig, on: { notice: (notice: Notice) => void; up: () => void }) {
    this.config = config
    this.onNotice = on.notice
    this.onUp = on.up
    void this.keepUp(50)
  }

  get isUp() {
    return this.client !== undefined
  }

  /** Statements in one round trip. @throws where the connection is down or goes down */
  run(...statements: Statement[]): Promise<pg.Result[]> {
    if (!this.client) return Promise.reject(new Error('not connected'))
    return sendBatch(this.client, statements, 'live')
  }

  async stop() {
    this.stopped = true
    await this.client?.end().catch(() => {})
  }

  private async keepUp(wait: number) {
    while (!this.stopped) {
      if (await this.connect()) return
      await pause(wait, undefined, { ref: false })
      wait = Math.min(wait * 2, 1_000)
    }
  }

  private async connect(): Promise<boolean> {
    const client = new pg.Client({
      ...this.config,
      options: '-c timezone=UTC',
      application_name: 'kartoteka live',
      keepAlive: true,
    })
    client.on('error', () => {})
    client.on('notification', ({ channel, payload, processId }) => {
      // Told by this very connection: known already.
      if (processId === (client as unknown as { processID: number }).processID) return
      this.onNotice({ channel: channel as Channel, payload: payload ?? '' })
    })
    try {
      await client.connect()
      await client.query(channels.map((channel) => `listen ${channel}`).join(';'))
    } catch {
      await client.end().catch(() => {})
      return false
    }
    if (this.stopped) {
      await client.end()
      return true
    }
    this.client = client
    client.once('end', () => {
      this.client = undefined
      void this.keepUp(50)
    })
    this.onUp()
    return true
  }
}
