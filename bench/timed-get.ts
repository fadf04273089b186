import type { Target } from './http-load.ts'
import type { Line } from './table.ts'

const tries = 5

/** Asks for a path below /api as this caller. @throws Error with the status where it is refused */
export async function getJson(target: Target, path: string): Promise<unknown> {
  const response = await fetch(`http://${target.host}:${target.port}/api${path}`, {
    headers: { authorization: `Bearer ${target.token}` },
  })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

/** The median of five times that all of these are asked for together. */
export async function timedLine(
  what: string,
  who: string,
  target: Target,
  paths: string[],
  most: number,
): Promise<Line> {
  const times: number[] = []
  for (let one = 0; one < tries; one++) {
    const began = performance.now()
    await Promise.all(paths.map((path) => getJson(target, path)))
    times.push(performance.now() - began)
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(tries / 2)]!
  return {
    what,
    who,
    figure: `${median.toFixed(1)} ms`,
    budget: `≤ ${most} ms`,
    holds: median <= most,
  }
}
