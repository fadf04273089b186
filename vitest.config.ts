import { defineConfig } from 'vitest/config'

// A machine that stands still for seconds, as shared ones do, fails a test once; what fails twice is a fault. The report says who was tried again.
const retry = 1

// Vitest takes a default export only.
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'],
          globalSetup: ['src/app/testing-postgres.ts'],
          expect: { poll: { timeout: 20_000 } },
          retry,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          // One product, one browser at a time: journeys measure themselves against two cores.
          fileParallelism: false,
          expect: { poll: { timeout: 20_000 } },
          retry,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
