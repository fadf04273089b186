import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
  type RouteComponent,
} from '@tanstack/react-router'
import { getSetup } from '#features/company/contract.ts'
import { getMe } from '#features/people/contract.ts'
import { query } from '#web/api.ts'
import { withWords } from '#web/i18n/i18n.ts'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import { ApiProblem } from '#web/problem.ts'
import { Frame } from './frame/Frame.tsx'
import { mayOpen } from './frame/navigation.ts'
import { NotFound } from './frame/NotFound.tsx'

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ notFoundComponent: NotFound })

/** Everything behind the sign-in: who is calling is known before a screen is drawn. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Frame,
  notFoundComponent: NotFound,
  beforeLoad: async ({ context: { queries }, location }) => {
    try {
      await queries.ensureQueryData(query(getMe, {}))
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 401)) throw error
      const { needed } = await queries.fetchQuery(query(getSetup, {}))
      throw needed
        ? redirect({ to: '/welcome' })
        : redirect({ to: '/sign-in', search: { to: location.href } })
    }
  },
})

/** A screen in the shell; one that is not for this role is as absent as one that does not exist. */
const screen = <Path extends string>(path: Path, component: RouteComponent) =>
  createRoute({
    getParentRoute: () => inside,
    path,
    component,
    beforeLoad: ({ context: { queries } }) => {
      const role = queries.getQueryData(query(getMe, {}).queryKey)?.role
      if (role && !mayOpen(path, role)) throw notFound()
    },
  })

const door = <Path extends string>(path: Path, component: RouteComponent) =>
  createRoute({ getParentRoute: () => root, path, component })

/** The first screen; an administrator has no clients and begins with people. */
const start = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: ({ context: { queries } }) => {
    if (queries.getQueryData(query(getMe, {}).queryKey)?.role === 'admin') throw redirect({ to: '/team' })
  },
  component: lazyRouteComponent(
    () =>
      withWords(
        ['my-day', 'activities', 'changes', 'clients', 'files', 'fill-requests', 'reports', 'substitutions'],
        import('#features/my-day/web/MyDayPage.tsx'),
      ),
    'MyDayPage',
  ),
})

/** The base, and the card of a client over it. */
const clients = screen(
  '/clients',
  lazyRouteComponent(
    () => withWords(['clients'], import('#features/clients/web/ClientsPage.tsx')),
    'ClientsPage',
  ),
)
const card = createRoute({
  getParentRoute: () => clients,
  path: '$id',
  component: lazyRouteComponent(
    () =>
      withWords(
        ['clients', 'activities', 'changes', 'files', 'substitutions', 'masking', 'canaries'],
        import('#features/clients/web/ClientCard.tsx'),
      ),
    'ClientCard',
  ),
})

/** The card as it was: the moment stands in the address. */
const cardAsOf = createRoute({
  getParentRoute: () => clients,
  path: '$id/as-of',
  component: lazyRouteComponent(
    () =>
      withWords(
        ['snapshots', 'changes', 'clients', 'activities'],
        import('#features/snapshots/web/AsOfCard.tsx'),
      ),
    'AsOfCard',
  ),
})

/** The journal, and an act of it opened to its rows. */
const journal = screen(
  '/journal',
  lazyRouteComponent(
    () => withWords(['changes', 'activities', 'clients'], import('#features/changes/web/JournalPage.tsx')),
    'JournalPage',
  ),
)
const act = createRoute({
  getParentRoute: () => journal,
  path: '$id',
  component: lazyRouteComponent(
    () =>
      withWords(['changes', 'activities', 'clients'], import('#features/changes/web/ChangeSetDrawer.tsx')),
    'ChangeSetDrawer',
  ),
})

/** The base as it was, and a card of it. */
const snapshot = screen(
  '/time-machine/$id',
  lazyRouteComponent(
    () =>
      withWords(
        ['snapshots', 'changes', 'clients', 'activities'],
        import('#features/snapshots/web/SnapshotPage.tsx'),
      ),
    'SnapshotPage',
  ),
)
const snapshotCard = createRoute({
  getParentRoute: () => snapshot,
  path: 'clients/$clientId',
  component: lazyRouteComponent(
    () =>
      withWords(
        ['snapshots', 'changes', 'clients', 'activities'],
        import('#features/snapshots/web/AsOfCard.tsx'),
      ),
    'SnapshotCard',
  ),
})

/** A screen is downloaded when it is opened first. */
const routes = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: (search: {
      to?: unknown
      failed?: unknown
      step?: unknown
    }): { to?: string; failed?: string; step?: 'code' | 'set-up' } => ({
      ...(typeof search.to === 'string' && { to: search.to }),
      ...(typeof search.failed === 'string' && { failed: search.failed }),
      ...((search.step === 'code' || search.step === 'set-up') && { step: search.step }),
    }),
    component: lazyRouteComponent(
      () => withWords(['people', 'single-sign-on'], import('#features/people/web/SignInPage.tsx')),
      'SignInPage',
    ),
  }),
  door(
    '/invitation/$token',
    lazyRouteComponent(
      () => withWords(['people'], import('#features/people/web/InvitationPage.tsx')),
      'InvitationPage',
    ),
  ),
  door(
    '/not-me/$token',
    lazyRouteComponent(
      () => withWords(['sign-ins'], import('#features/sign-ins/web/NotMePage.tsx')),
      'NotMePage',
    ),
  ),
  door(
    '/welcome',
    lazyRouteComponent(
      () => withWords(['company', 'people'], import('#features/company/web/WizardPage.tsx')),
      'WizardPage',
    ),
  ),
  inside.addChildren([
    start,
    clients.addChildren([card, cardAsOf]),
    screen(
      '/reports/contact-info',
      lazyRouteComponent(
        () =>
          withWords(
            ['reports', 'clients', 'fill-requests', 'views'],
            import('#features/reports/web/ContactInfoPage.tsx'),
          ),
        'ContactInfoPage',
      ),
    ),
    screen(
      '/day-sheets',
      lazyRouteComponent(
        () => withWords(['day-sheets', 'activities'], import('#features/day-sheets/web/DaySheetsPage.tsx')),
        'DaySheetsPage',
      ),
    ),
    screen(
      '/fill-requests',
      lazyRouteComponent(
        () =>
          withWords(['fill-requests', 'reports'], import('#features/fill-requests/web/FillRequestsPage.tsx')),
        'FillRequestsPage',
      ),
    ),
    screen(
      '/fill-requests/$id',
      lazyRouteComponent(
        () =>
          withWords(
            ['fill-requests', 'reports', 'clients'],
            import('#features/fill-requests/web/FillRequestPage.tsx'),
          ),
        'FillRequestPage',
      ),
    ),
    screen(
      '/indicators',
      lazyRouteComponent(
        () =>
          withWords(
            ['indicators', 'views', 'activities'],
            import('#features/indicators/web/IndicatorsPage.tsx'),
          ),
        'IndicatorsPage',
      ),
    ),
    screen(
      '/calendar',
      lazyRouteComponent(
        () =>
          withWords(
            ['calendar', 'activities', 'clients', 'changes', 'files'],
            import('#features/calendar/web/CalendarPage.tsx'),
          ),
        'CalendarPage',
      ),
    ),
    screen(
      '/alarms',
      lazyRouteComponent(
        () => withWords(['alarms', 'activities'], import('#features/alarms/web/AlarmsPage.tsx')),
        'AlarmsPage',
      ),
    ),
    screen(
      '/imports',
      lazyRouteComponent(
        () => withWords(['imports'], import('#features/imports/web/ImportsPage.tsx')),
        'ImportsPage',
      ),
    ),
    screen(
      '/imports/$id',
      lazyRouteComponent(
        () => withWords(['imports', 'clients', 'people'], import('#features/imports/web/ImportPage.tsx')),
        'ImportPage',
      ),
    ),
    screen(
      '/team',
      lazyRouteComponent(
        () =>
          withWords(['people', 'single-sign-on', 'sign-ins'], import('#features/people/web/PeoplePage.tsx')),
        'PeoplePage',
      ),
    ),
    screen(
      '/team/sign-ins',
      lazyRouteComponent(
        () => withWords(['sign-ins'], import('#features/sign-ins/web/SignInsPage.tsx')),
        'SignInsPage',
      ),
    ),
    journal.addChildren([act]),
    screen(
      '/taking',
      lazyRouteComponent(
        () =>
          withWords(
            ['taking', 'indicators', 'activities', 'clients'],
            import('#features/taking/web/TakingPage.tsx'),
          ),
        'TakingPage',
      ),
    ),
    screen(
      '/team/handover',
      lazyRouteComponent(
        () =>
          withWords(['handovers', 'clients', 'people'], import('#features/handovers/web/HandoverPage.tsx')),
        'HandoverPage',
      ),
    ),
    screen(
      '/time-machine',
      lazyRouteComponent(
        () => withWords(['snapshots'], import('#features/snapshots/web/TimeMachinePage.tsx')),
        'TimeMachinePage',
      ),
    ),
    screen(
      '/team/substitutions',
      lazyRouteComponent(
        () =>
          withWords(
            ['substitutions', 'clients'],
            import('#features/substitutions/web/SubstitutionsPage.tsx'),
          ),
        'SubstitutionsPage',
      ),
    ),
    screen(
      '/team/substitutions/$id',
      lazyRouteComponent(
        () =>
          withWords(
            ['substitutions', 'activities', 'changes'],
            import('#features/substitutions/web/SubstitutionPage.tsx'),
          ),
        'SubstitutionPage',
      ),
    ),
    snapshot.addChildren([snapshotCard]),
    screen(
      '/settings',
      lazyRouteComponent(
        () =>
          withWords(
            [
              'company',
              'mail',
              'activities',
              'people',
              'single-sign-on',
              'taking',
              'sign-ins',
              'masking',
              'canaries',
              'distribution',
              'changes',
              'clients',
            ],
            import('#features/company/web/SettingsPage.tsx'),
          ),
        'SettingsPage',
      ),
    ),
    screen(
      '/account',
      lazyRouteComponent(
        () =>
          withWords(
            ['people', 'activities', 'single-sign-on', 'sign-ins'],
            import('#features/people/web/AccountPage.tsx'),
          ),
        'AccountPage',
      ),
    ),
  ]),
])

export const createWebRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: routes,
    context: { queries },
    defaultPreload: 'intent',
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
    defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createWebRouter>
  }
}
