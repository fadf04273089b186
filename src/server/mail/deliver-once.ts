import pg from 'pg'
import { deliverLetters } from './deliver.ts'

/** A process of its own that delivers once and ends; a test kills it in the middle. */
const { owner, now } = JSON.parse(process.env.DELIVER!) as { owner: pg.PoolConfig; now: string }
const pool = new pg.Pool(owner)
await deliverLetters(pool, Buffer.alloc(32, 7), () => new Date(now))
await pool.end()
