import { useState } from 'react'

/** True from the first time the condition holds: for a part that is downloaded when it is first opened, and stays to close gently. */
export function useEver(now: boolean): boolean {
  const [ever, setEver] = useState(now)
  if (now && !ever) setEver(true)
  return ever || now
}
