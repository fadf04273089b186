import { modals, ModalsProvider } from '@mantine/modals'
import { useEffect } from 'react'
import { modalsStand } from './modals.ts'

/** The dialogs that code opens, one over another. */
export const ModalStack = () => (
  <ModalsProvider>
    <Standing />
  </ModalsProvider>
)

/** The provider listens before the effects of what is in it. */
function Standing() {
  useEffect(() => modalsStand(modals), [])
  return null
}
