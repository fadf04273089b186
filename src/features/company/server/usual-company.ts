import type { z } from 'zod'
import type { Company } from '#features/company/contract.ts'

/** The settings of a base nobody has set up yet: its first person came from the command line or the environment. */
export const usualCompany: z.output<typeof Company> = {
  name: 'Наша компания',
  timeZone: 'Europe/Moscow',
  cityCode: '495',
  language: 'ru',
  requiredKinds: ['phone', 'email'],
  rhythmDays: null,
  journalMonths: null,
  teamHeadsHandOver: false,
}
