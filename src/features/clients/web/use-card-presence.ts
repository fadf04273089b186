import { type FocusEvent, useMemo, useState } from 'react'
import { usePresent } from '#web/live/live.ts'
import { colourOf } from '#web/live/person-colour.ts'
import { useAnnounce } from '#web/live/use-announce.ts'
import { useMe } from '#web/session.ts'

/** Tells others which field of this card has the focus, and who of them is where in it. */
export function useCardPresence(clientId: string, nameOfUser: (id: string) => string) {
  const me = useMe()
  const [field, setField] = useState<string | null>(null)
  useAnnounce(clientId, field)
  const ids = useMemo(() => [clientId], [clientId])
  const people = usePresent(ids, me.id).get(clientId)
  const present = useMemo(
    () => ({
      people: people ?? [],
      byField: new Map(
        (people ?? []).flatMap(({ userId, field }) =>
          field === null ? [] : [[field, { name: nameOfUser(userId), colour: colourOf(userId) }] as const],
        ),
      ),
    }),
    [people, nameOfUser],
  )
  return {
    present,
    onFocus: ({ target }: FocusEvent) =>
      setField(target.closest<HTMLElement>('[data-field]')?.dataset.field ?? null),
    onBlur: () => setField(null),
  }
}
