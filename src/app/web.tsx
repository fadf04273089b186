import '@mantine/core/styles.layer.css'
import '#web/theme/global.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startTranslation } from '#web/i18n/i18n.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Modals } from '#web/layout/Modals.tsx'
import { Notices } from '#web/layout/Notices.tsx'
import { query } from '#web/api.ts'
import { getMe } from '#features/people/contract.ts'
import { createQueryClient } from '#web/query-client.ts'
import { theme } from '#web/theme/theme.ts'
import { watchTouches } from '#web/touch.ts'
import { sessionEnded } from './frame/SignedOut.tsx'
import { createWebRouter } from './web-routes.tsx'
import { loadWords } from './words.ts'

const queries = createQueryClient(askToSignIn)
const router = createWebRouter(queries)

/** The session ended: over an open screen it is opened again, so that what was entered stays; elsewhere one comes back after signing in. */
function askToSignIn() {
  const { href, pathname } = router.state.location
  if (queries.getQueryData(query(getMe, {}).queryKey)) return sessionEnded()
  if (pathname === '/sign-in' || router.state.status === 'pending') return
  void router.navigate({ to: '/sign-in', search: { to: href } })
}

function App() {
  // The whole page is drawn anew in another language.
  useTranslation()
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <QueryClientProvider client={queries}>
        <Notices />
        <RouterProvider router={router} />
        <Modals />
      </QueryClientProvider>
    </MantineProvider>
  )
}

/** Of this page alone: the server's policy takes no other style that is not a file. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
const styleNonce = () => nonce
// What Mantine's dialogs stop the page from scrolling with asks there.
setNonce(nonce)
watchTouches()

await startTranslation(loadWords)
const element = document.getElementById('root')
if (!element) throw new Error('index.html has lost #root')
createRoot(element).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
