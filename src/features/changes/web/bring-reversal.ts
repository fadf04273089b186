import { withWords } from '#web/i18n/i18n.ts'

/** What carries out a reversal and tells what came of it: downloaded with the first one. */
export const bringReversal = () => withWords(['changes', 'activities', 'clients'], import('./reversal.tsx'))

/** The same for the steps of Ctrl+Z and Ctrl+Y. */
export const bringSteps = () => withWords(['changes', 'activities', 'clients'], import('./take-step.ts'))
