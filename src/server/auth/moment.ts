import type { Kernel } from '#server/kernel.ts'

/** For statements outside `Tx`: the kernel's own clock, or null for the database's (`coalesce($1::timestamptz, now())`). */
export const ownMoment = (kernel: Pick<Kernel, 'now' | 'ownClock'>): Date | null =>
  kernel.ownClock ? kernel.now() : null
