import type { FastifyInstance } from 'fastify'
import * as contract from '#features/sign-ins/contract.ts'
import { countTry, forgiveTry } from '#server/auth/attempts.ts'
import { confirmFactor, takeCode } from '#server/auth/second-factor.ts'
import { noteSignIn } from '#server/auth/sign-in-journal.ts'
import { closeStep, stepOfRequest } from '#server/auth/sign-in-steps.ts'
import { invalid } from '#server/http/problem.ts'
import { type Context, openRoute } from '#server/http/route.ts'
import { letIn } from './enter.ts'
import { wrongCode } from './prove-self.ts'
import { draftFor } from './second-factor-routes.ts'

type Door = Omit<Context, 'tx' | 'caller'>

/** The second step of signing in: a code, or setting the second factor up where the role asks for one. */
export function stepRoutes(app: FastifyInstance) {
  openRoute(app, contract.sendCode, async ({ code }, door) => {
    const { kernel, request, reply } = door
    const first = await stepOfRequest(kernel, request, 'code')
    const { userId, via } = first
    await countCode(door, userId)
    const taken = await takeCode(kernel, userId, code)
    if (taken !== 'totp' && taken !== 'recovery') {
      const reason = taken === 'used' ? 'used-code' : 'wrong-code'
      await noteSignIn(kernel, request, { kind: 'failure', userId, reason, details: { via } })
      throw invalid('code', wrongCode)
    }
    await forgiveTry(kernel.database.app, accountOf(userId), request.ip)
    if (taken === 'recovery') await noteSignIn(kernel, request, { kind: 'recovery-code-used', userId })
    const entered = await letIn(door, first, taken)
    await closeStep(kernel, request, reply)
    return entered
  })
  openRoute(app, contract.draftAtSignIn, async (_, { kernel, request }) => {
    const { userId } = await stepOfRequest(kernel, request, 'set-up')
    return draftFor(kernel, userId)
  })
  openRoute(app, contract.confirmAtSignIn, async ({ code }, door) => {
    const { kernel, request, reply } = door
    const first = await stepOfRequest(kernel, request, 'set-up')
    const { userId } = first
    await countCode(door, userId)
    const recoveryCodes = await confirmFactor(kernel, userId, code, null)
    if (!recoveryCodes) throw invalid('code', wrongCode)
    await forgiveTry(kernel.database.app, accountOf(userId), request.ip)
    await noteSignIn(kernel, request, { kind: 'second-factor-on', userId })
    const { id } = await letIn(door, first, 'totp')
    await closeStep(kernel, request, reply)
    return { id, recoveryCodes }
  })
}

/** Six figures are guessed sooner than a password: ten tries from everywhere together, and only after the right password. */
const countCode = ({ kernel, request }: Door, userId: string) =>
  countTry(kernel.database.app, accountOf(userId), request.ip, undefined, () =>
    noteSignIn(kernel, request, { kind: 'failure', userId, reason: 'too-many' }),
  )

const accountOf = (userId: string) => `code ${userId}`
