import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { t } from '#web/i18n/translation.ts'
import { problemOf } from '#web/problem.ts'

/** What every notice has: a border, and a close button that says what it is. */
export const noticeFrame = () => ({
  withBorder: true,
  closeButtonProps: { 'aria-label': t('shell.close') },
})

/** Says in passing that something is done. */
export const notifyDone = (message: string) =>
  void notifications.show({ ...noticeFrame(), message, autoClose: 4000 })

/** Says what failed; for bare actions, a form shows its failures itself. */
export const notifyProblem = (error: unknown) =>
  void notifications.show({
    ...noticeFrame(),
    message: problemOf(error).message,
    color: 'red',
    autoClose: 8000,
  })

/** Says what was done and offers to take it back for ten seconds. */
export const notifyUndo = (message: string, undo: () => Promise<unknown>) =>
  notifyWith(
    message,
    t('shell.undo'),
    () => void undo().then(() => notifyDone(t('shell.undone')), notifyProblem),
  )

/** Says what was done, with a button for what may come next, for ten seconds, or until it is closed (`stays`). */
export function notifyWith(message: string, label: string, act: () => void, { stays = false } = {}) {
  const id = notifications.show({
    ...noticeFrame(),
    autoClose: stays ? false : 10_000,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text size="sm">{message}</Text>
        <Button
          variant="light"
          size="compact-sm"
          onClick={() => {
            notifications.hide(id)
            act()
          }}
        >
          {label}
        </Button>
      </Group>
    ),
  })
}
