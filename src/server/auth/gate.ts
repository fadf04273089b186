import type pg from 'pg'

/** Connections of the bare login, for the features that make accounts; whatever else a feature reads or writes goes through `Tx`. */
export type Gate = pg.Pool
export type GateClient = pg.PoolClient

/**
 * One transaction of the bare login, which reaches accounts and nothing of the clients: sign-in, invitations, the wizard.
 * Rolled back where `work` throws.
 */
export async function atTheGate<T>(pool: Gate, work: (client: GateClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const value = await work(client)
    await client.query('commit')
    client.release()
    return value
  } catch (error) {
    await client.query('rollback').then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    )
    throw error
  }
}

/** From here to the end of the transaction statements run as this head. For the acts that make him. */
export async function becomeHead(client: GateClient, headId: string) {
  await client.query(
    `select set_config('role', 'kartoteka_all', true), set_config('app.user_id', $1, true), set_config('app.role', 'head', true)`,
    [headId],
  )
}
