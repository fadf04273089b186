import { z } from 'zod'
import { Condition } from '#features/clients/filter.ts'
import type { HandoverPart } from '#features/handovers/contract.ts'

/** The whole screen in its address: whose clients, and who gets which. */
export const HandoverView = z.object({
  from: z.uuid().optional().catch(undefined),
  parts: z
    .array(
      z.object({
        to: z.uuid().optional(),
        where: z.array(Condition).optional(),
        /** In per cent of what is left. */
        percent: z.number().min(1).max(100).optional(),
      }),
    )
    .optional()
    .catch(undefined),
})
export type HandoverView = z.output<typeof HandoverView>
export type Part = NonNullable<HandoverView['parts']>[number]

/** A part nobody was chosen for yet is not asked for; `at` tells which of the screen it is. */
export function partsOf(parts: readonly Part[]): { at: number; part: z.input<typeof HandoverPart> }[] {
  return parts.flatMap(({ to, where, percent }, at) =>
    to === undefined
      ? []
      : [
          {
            at,
            part: {
              toId: to,
              filter: where?.length ? { where } : {},
              ...(percent !== undefined && percent < 100 && { share: percent / 100 }),
            },
          },
        ],
  )
}

/** Equal portions: a third of all, half of the rest, the rest. */
export const equalParts = (people: readonly string[]): Part[] =>
  people.map((to, at) => {
    const left = people.length - at
    return left === 1 ? { to } : { to, percent: 100 / left }
  })
