import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { getSession } from '#features/sign-ins/contract.ts'
import { call } from '#web/api.ts'
import { withWords } from '#web/i18n/i18n.ts'
import { ApiProblem } from '#web/problem.ts'
import { lastTouch } from '#web/touch.ts'
import { leftOf, type Life, nextAsk, warnsAt } from './idle-life.ts'

/** Downloaded when it is first shown: every screen has this watch, hardly one sees its warning. */
const IdleWarning = lazy(async () => ({
  default: (await withWords(['sign-ins'], import('./IdleWarning.tsx'))).IdleWarning,
}))

const tickMs = 1_000

/** Tells the server that somebody is here, and warns shortly before the session ends because nobody was. */
export function IdleWatch({ onEnded }: { onEnded: () => void }) {
  const life = useRef<Life | null>(null)
  const asking = useRef(false)
  const lastLook = useRef(0)
  const [left, setLeft] = useState<number | null>(null)

  const ask = useCallback(
    async (background: boolean) => {
      if (asking.current) return
      asking.current = true
      const askedAt = Date.now()
      try {
        life.current = { ...(await call(getSession, {}, { background })), askedAt }
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 401) onEnded()
        // Through another's eyes one looks for an hour at most, and the session is no business of that screen.
        if (error instanceof ApiProblem && error.status === 403)
          life.current = { secondsLeft: null, idleSeconds: 3600, askedAt }
      } finally {
        asking.current = false
      }
    },
    [onEnded],
  )
  useEffect(() => {
    const look = () => {
      const now = Date.now()
      const next = nextAsk(life.current, lastTouch(), now)
      // Looking every second would be asking every second; the countdown goes on by itself.
      const due = next === 'tell' || (next === 'look' && now - lastLook.current > 10_000)
      if (due || (life.current && leftOf(life.current, now) <= 0)) {
        lastLook.current = now
        void ask(next !== 'tell')
      }
      const rest = life.current ? leftOf(life.current, now) : Infinity
      setLeft(life.current && rest <= warnsAt(life.current) ? rest : null)
    }
    look()
    const tick = setInterval(look, tickMs)
    return () => clearInterval(tick)
  }, [ask])

  if (left === null) return null
  return (
    <Suspense fallback={null}>
      <IdleWarning left={left} onStay={() => void ask(false)} />
    </Suspense>
  )
}
