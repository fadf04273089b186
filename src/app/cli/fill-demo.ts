import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isEmpty } from '#server/auth/accounts.ts'
import type { Kernel } from '#server/kernel.ts'
import { say } from './words.ts'

interface Demo {
  password: string
  people: Array<{ email: string; name: string; role: string }>
}

/**
 * Fills an empty base with the made-up company.
 * @returns prints who may sign in, to be called once the address is told; at later starts of the demo too
 */
export async function fillDemo(kernel: Kernel): Promise<() => void> {
  // Everybody in it is made up, so its one password may lie open.
  const file = join(kernel.dataDir, 'demo.json')
  if (await isEmpty(kernel.database.app)) {
    process.stderr.write(`${say('demo-filling')}\n`)
    const demo = await import('#bench/demo.ts')
    writeFileSync(file, JSON.stringify(await demo.fillDemo(kernel)))
  }
  if (!existsSync(file)) return () => {}
  const { password, people } = JSON.parse(readFileSync(file, 'utf8')) as Demo
  return () => {
    const lines = people.map(({ email, name, role }) => `  ${email}  ${name}  ${role}\n`)
    process.stdout.write(`${say('demo-people', { password })}\n${lines.join('')}`)
  }
}
