import { z } from 'zod'

/** The ways rows leave the base. */
export const roads = [
  'clients',
  'report',
  'report-clients',
  'report-values',
  'report-copy',
  'day-sheets',
  'day-entries',
  'indicators',
  'failed-rows',
  'takings',
  'clipboard',
  'print',
  'reading',
] as const
export const Road = z.enum(roads)
export type Road = z.output<typeof Road>
