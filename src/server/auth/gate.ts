import type pg from 'pg'

/**
 * One transaction of the bare login, which reaches accounts and nothing of the clients: sign-in, invitations, the wizard.
 * Rolled back where `work` throws.
 */
export async function atTheGate<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
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
export async function becomeHead(client: pg.PoolClient, headId: string) {
  await client.query(
    `select set_config('role', 'kartoteka_all', true), set_config('app.user_id', $1, true), set_config('app.role', 'head', true)`,
    [headId],
  )
}
