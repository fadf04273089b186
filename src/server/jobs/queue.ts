import { Logger, parseCrontab, run, runMigrations, type Runner, type TaskList } from 'graphile-worker'
import type { Logger as Pino } from 'pino'
import type { Database } from '#server/db/database.ts'
import { asCaller, NoIdentityError, rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { Problem, type Sentence } from '#server/http/problem.ts'

/** What a running job may do: everything as the person who asked for it. */
export interface JobContext {
  id: string
  userId: string
  database: Database
  /** Aborts when the person cancels or the process stops. */
  signal: AbortSignal
  /** One transaction as the person. */
  asUser<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Tells how far it is; also learns of a cancellation. */
  progress(done: number, total?: number): Promise<void>
}

export interface JobKind {
  kind: string
  /** @returns what is kept as the job's result (JSON) */
  run(payload: never, job: JobContext): Promise<unknown>
}

/** Declares a kind of long work. */
export const jobKind = <Payload>(
  kind: string,
  run: (payload: Payload, job: JobContext) => Promise<unknown>,
): JobKind => ({ kind, run: run as JobKind['run'] })

/** Puts long work on the queue in the transaction of the act. @returns the job's id */
export async function enqueue(tx: Tx, kind: string, payload: object): Promise<string> {
  return (await rowOf<{ id: string }>(tx, 'select enqueue_job($1, $2) as id', [kind, payload]))!.id
}

export interface JobQueue {
  stop(): Promise<void>
}

/** Thrown by a job that saw its signal abort. */
export class CancelledError extends Error {}

/** What the process does by itself, for nobody: tasks by name, and the one that every minute calls. */
export interface OwnWork {
  tasks: TaskList
  everyMinute: string
}

/** Starts carrying out jobs of these kinds in this process. `alone`: no other process shares the base, so locks of a killed one are void. */
export async function startQueue(
  database: Database,
  kinds: readonly JobKind[],
  log: Pino,
  options: { alone: boolean; concurrency?: number; own?: OwnWork },
): Promise<JobQueue> {
  await runMigrations({ pgPool: database.owner })
  if (options.alone) {
    await database.owner.query(
      `select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker.jobs where locked_by is not null))`,
    )
  }
  const byKind = new Map(kinds.map((kind) => [kind.kind, kind]))
  const runner: Runner = await run({
    pgPool: database.owner,
    concurrency: options.concurrency ?? 2,
    noHandleSignals: true,
    pollInterval: 2_000,
    logger: new Logger(() => (level, message) => {
      if (level === 'error') log.error(message)
    }),
    ...(options.own && { parsedCronItems: parseCrontab(`* * * * * ${options.own.everyMinute} ?max=1`) }),
    taskList: {
      ...options.own?.tasks,
      job: async (payload, helpers) => {
        const { id, userId } = payload as { id: string; userId: string }
        await carryOut(database, byKind, id, userId, helpers.abortSignal, log).catch((error: unknown) => {
          // Dismissed meanwhile: his work ended with his access, and nobody waits for it.
          if (!(error instanceof NoIdentityError)) throw error
        })
      },
    },
  })
  let stopping: Promise<void> | undefined
  return { stop: () => (stopping ??= runner.stop()) }
}

async function carryOut(
  database: Database,
  kinds: Map<string, JobKind>,
  id: string,
  userId: string,
  stopping: AbortSignal | undefined,
  log: Pino,
) {
  const asUser = <T>(work: (tx: Tx) => Promise<T>) => asCaller(database.app, { userId }, work)
  const job = await asUser((tx) =>
    rowOf<{ kind: string; payload: never; cancelled: boolean }>(
      tx,
      `update jobs set status = 'running', started_at = coalesce(started_at, now())
       where id = $1 and status in ('queued', 'running') returning kind, payload, cancelled`,
      [id],
    ),
  )
  if (!job) return
  const cancel = new AbortController()
  if (job.cancelled) cancel.abort()
  const signal = stopping ? AbortSignal.any([stopping, cancel.signal]) : cancel.signal
  const context: JobContext = {
    id,
    userId,
    database,
    signal,
    asUser,
    progress: async (done, total) => {
      const [row] = await asUser((tx) =>
        rowsOf<{ cancelled: boolean }>(
          tx,
          'update jobs set done = $2, total = coalesce($3, total) where id = $1 returning cancelled',
          [id, done, total],
        ),
      )
      if (row?.cancelled) cancel.abort()
      if (signal.aborted) throw new CancelledError()
    },
  }
  try {
    const result = await kinds.get(job.kind)!.run(job.payload, context)
    await finish(asUser, id, 'done', result ?? {}, null)
  } catch (error) {
    // The process is stopping: graphile-worker gives the job to the next start.
    if (stopping?.aborted) throw error
    if (cancel.signal.aborted) return finish(asUser, id, 'cancelled', null, null)
    if (error instanceof NoIdentityError) throw error
    if (!(error instanceof Problem)) log.error({ err: error, job: id, kind: job.kind }, 'job failed')
    await finish(asUser, id, 'failed', null, error instanceof Problem ? error.sentence : unforeseen)
  }
}

const unforeseen: Sentence = {
  ru: 'Работа прервалась из-за сбоя на сервере; подробности в журнале сервера.',
  en: 'The work broke off by a failure on the server; details are in the server log.',
}

async function finish(
  asUser: JobContext['asUser'],
  id: string,
  status: 'done' | 'failed' | 'cancelled',
  result: unknown,
  problem: Sentence | null,
) {
  await asUser((tx) =>
    rowsOf(tx, 'update jobs set status = $2, result = $3, problem = $4, finished_at = now() where id = $1', [
      id,
      status,
      result === null ? null : JSON.stringify(result),
      problem,
    ]),
  )
}
