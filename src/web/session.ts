import { createContext, useContext } from 'react'
import type { Role } from '#shared/roles.ts'

/** The person signed in, as every screen may need him. */
export interface Me {
  id: string
  name: string
  email: string
  role: Role
  mayExport: boolean
  teamId: string | null
  /** Where he signs in: here, by the directory, through the provider. */
  source: 'local' | 'directory' | 'provider'
  /** The person's own clock for calls and reminders; null: the company's. */
  timeZone: string | null
  /** A head looks through this person's eyes and may change nothing. */
  look: { headId: string; until: string } | null
  company: {
    name: string
    timeZone: string
    /** City code that completes local phone numbers. */
    cityCode: string
    requiredKinds: string[]
  }
}

export const MeContext = createContext<Me | null>(null)

/** The person signed in; only for screens inside the shell. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe() is for screens behind the sign-in')
  return me
}

/** The zone whose clock a person lives by. */
export const zoneOf = (me: Me): string => me.timeZone ?? me.company.timeZone
