import { IconCheckbox, IconMail, IconNote, IconPhone, IconUsers, type Icon } from '@tabler/icons-react'
import type { Activity, ActivityKind } from '#features/activities/contract.ts'

export const kindIcons: Record<ActivityKind, Icon> = {
  note: IconNote,
  call: IconPhone,
  meeting: IconUsers,
  letter: IconMail,
  task: IconCheckbox,
}

/** In the order a manager reaches for them. */
export const kindsInOrder: ActivityKind[] = ['note', 'call', 'meeting', 'letter', 'task']

/** A plan neither done nor called off. */
export const isOpen = ({ dueAt, doneAt, cancelledAt }: Activity) =>
  dueAt !== null && doneAt === null && cancelledAt === null
