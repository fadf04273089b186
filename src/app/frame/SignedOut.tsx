import { lazy, Suspense, useSyncExternalStore } from 'react'
import { withWords } from '#web/i18n/i18n.ts'
import type { Me } from '#web/session.ts'

const SignInAgain = lazy(async () => ({
  default: (await withWords(['sign-ins', 'single-sign-on'], import('#features/sign-ins/web/SignInAgain.tsx')))
    .SignInAgain,
}))
const IdleWatch = lazy(async () => ({
  default: (await import('#features/sign-ins/web/IdleWatch.tsx')).IdleWatch,
}))

let isOut = false
const listeners = new Set<() => void>()
const put = (next: boolean) => {
  isOut = next
  for (const listener of listeners) listener()
}

/** The session behind the screens has ended: they stay as they are, below a sign-in. */
export const sessionEnded = () => put(true)

/** Watches over the session, and asks to sign in again where it has ended. */
export function SignedOut({ me }: { me: Pick<Me, 'id' | 'email' | 'source'> }) {
  const out = useSyncExternalStore(listen, () => isOut)
  return (
    <Suspense fallback={null}>
      {out ? <SignInAgain me={me} onDone={() => put(false)} /> : <IdleWatch onEnded={sessionEnded} />}
    </Suspense>
  )
}

function listen(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
