import { z } from 'zod'
import { Condition } from '#features/clients/filter.ts'
import type { HandoverPart } from '#features/handovers/contract.ts'

/** So many clients picked by hand a successor: the address holds them. */
export const mostByHand = 100

/** The whole screen in its address: whose clients, and who gets which. */
export const HandoverView = z.object({
  from: z.uuid().optional().catch(undefined),
  parts: z
    .array(
      z.object({
        to: z.uuid().optional(),
        where: z.array(Condition).optional(),
        /** Picked by hand, instead of conditions and a share. */
        ids: z.array(z.uuid()).max(mostByHand).optional(),
        /** In per cent of what is left. */
        percent: z.number().min(1).max(100).optional(),
      }),
    )
    .optional()
    .catch(undefined),
})
export type HandoverView = z.output<typeof HandoverView>
export type Part = NonNullable<HandoverView['parts']>[number]

/** A part nobody was chosen for yet is not asked for; `at` tells which of the screen it is. What is picked by hand goes first: no filter takes it away. */
export function partsOf(parts: readonly Part[]): { at: number; part: z.input<typeof HandoverPart> }[] {
  const asked = parts.flatMap(({ to, where, ids, percent }, at) =>
    to === undefined
      ? []
      : [
          {
            at,
            part: ids
              ? { toId: to, filter: { ids } }
              : {
                  toId: to,
                  filter: where?.length ? { where } : {},
                  ...(percent !== undefined && percent < 100 && { share: percent / 100 }),
                },
          },
        ],
  )
  const isByHand = ({ at }: { at: number }) => parts[at]!.ids !== undefined
  return [...asked.filter(isByHand), ...asked.filter((one) => !isByHand(one))]
}

/** Equal portions: a third of all, half of the rest, the rest. */
export const equalParts = (people: readonly string[]): Part[] =>
  people.map((to, at) => {
    const left = people.length - at
    return left === 1 ? { to } : { to, percent: 100 / left }
  })
