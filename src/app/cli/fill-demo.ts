import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isEmpty } from '#server/auth/accounts.ts'
import type { Kernel } from '#server/kernel.ts'
import { say } from './words.ts'

/** What `bench/demo.ts` gives: fills an empty base and names the people one may sign in as. */
interface DemoModule {
  fillDemo(
    kernel: Kernel,
  ): Promise<{ password: string; people: Array<{ email: string; name: string; role: string }> }>
}

const demoFile = join(import.meta.dirname, '../../../bench/demo.ts')

/**
 * Fills an empty base with the made-up company.
 * @returns prints who may sign in, to be called once the address is told
 */
export async function fillDemo(kernel: Kernel): Promise<() => void> {
  if (!(await isEmpty(kernel.database.app))) return () => {}
  if (!existsSync(demoFile)) return () => process.stderr.write(`${say('demo-missing')}\n`)
  process.stderr.write(`${say('demo-filling')}\n`)
  const demo = (await import(demoFile)) as DemoModule
  const { password, people } = await demo.fillDemo(kernel)
  return () => {
    const lines = people.map(({ email, name, role }) => `  ${email}  ${name}  ${role}\n`)
    process.stdout.write(`${say('demo-people', { password })}\n${lines.join('')}`)
  }
}
