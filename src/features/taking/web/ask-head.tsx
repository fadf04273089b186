import { bringModals } from '#web/layout/modals.ts'
import type { ApiProblem } from '#web/problem.ts'
import { t } from '#web/i18n/translation.ts'
import { Ask } from '#features/taking/contract.ts'
import { AskForm } from './AskForm.tsx'
import { followRequest, type TakeAway } from './follow-request.ts'

/** «Превышена квота»: why more is needed, sent to the head; his answer is waited for. */
export async function askHead(problem: ApiProblem, work: () => Promise<unknown>, takeAway: TakeAway) {
  const ask = Ask.parse(problem.body.ask)
  const modals = await bringModals()
  const id = modals.open({
    title: t('taking.ask-title'),
    closeButtonProps: { 'aria-label': t('shell.close') },
    children: (
      <AskForm
        sentence={problem.message}
        ask={ask}
        onAsked={(request) => {
          modals.close(id)
          followRequest(request, () => takeAway(work))
        }}
      />
    ),
  })
}
