import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { shortestPassword } from '#server/auth/passwords.ts'
import { Failure } from './failure.ts'
import { say } from './words.ts'

/** The password given, or asked for at a terminal without showing it, or the first line of standard input. */
export async function passwordFrom(given: string | undefined): Promise<string> {
  const password = given === undefined || given === '-' ? await readPassword() : given
  if ([...password].length < shortestPassword)
    throw new Failure('password-short', { least: shortestPassword })
  return password
}

async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) return askHidden()
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)[0]!
}

function askHidden(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  process.stderr.write(say('password-ask'))
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      lines.close()
      process.stderr.write('\n')
      resolve(line)
    })
  })
}
