import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  type RouteComponent,
} from '@tanstack/react-router'
import { query } from '#web/api.ts'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import { Frame } from './frame/Frame.tsx'
import { getMe } from '#features/people/contract.ts'
import { NotFound } from './frame/NotFound.tsx'

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ notFoundComponent: NotFound })

/** Everything behind the sign-in: who is calling is known before a screen is drawn. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Frame,
  loader: ({ context }) => context.queries.ensureQueryData(query(getMe, {})),
})

const screen = <Path extends string>(path: Path, component: RouteComponent) =>
  createRoute({ getParentRoute: () => inside, path, component })

/** A screen is downloaded when it is opened first. */
const routes = root.addChildren([
  inside.addChildren([
    screen('/', NotFound),
    screen('/clients', NotFound),
    screen('/reports/contact-info', NotFound),
    screen('/imports', NotFound),
    screen('/team', NotFound),
    screen('/journal', NotFound),
    screen('/settings', NotFound),
    screen('/account', NotFound),
  ]),
])

export const createWebRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: routes,
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createWebRouter>
  }
}
