import { newLinkToken } from '#server/auth/accounts.ts'
import { rowsOf } from '#server/db/tx.ts'
import type { Context } from '#server/http/route.ts'

/**
 * A one-time link by which this person sets his password; the one before it is void.
 * @throws P0002 for nobody or a dismissed person; 42501 where the caller may not
 */
export async function makeLink({ tx, kernel, request }: Context, userId: string): Promise<string> {
  const { token, hash } = newLinkToken()
  await rowsOf(tx, 'select add_invitation($1, $2)', [userId, hash])
  return `${addressFor(kernel, request)}/invitation/${token}`
}

/** An address the invited person can open: of the office network, where the head himself sits at the server. */
function addressFor(kernel: Context['kernel'], request: Context['request']): string {
  if (kernel.publicUrl) return kernel.publicUrl
  const here = `${request.protocol}://${request.host}`
  const atTheServer = /^(localhost|127\.|\[::1\])/.test(request.host)
  return (atTheServer ? kernel.network.addresses()[0] : undefined) ?? here
}
