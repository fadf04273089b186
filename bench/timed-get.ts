import type { Target } from './http-load.ts'
import type { Line } from './table.ts'

const tries = 5

/** Asks for a path below /api as this caller. @throws Error with the status where it is refused */
export async function getJson(target: Target, path: string): Promise<unknown> {
  return (await answerTo(target, path)).json()
}

/** The median of five times that all of these are asked for together. */
export async function timedLine(
  what: string,
  who: string,
  target: Target,
  paths: string[],
  most: number,
): Promise<Line> {
  const median = await medianOf(tries, () => Promise.all(paths.map((path) => getJson(target, path))))
  return { what, who, figure: `${median.toFixed(1)} ms`, budget: `≤ ${most} ms`, holds: median <= most }
}

/** The median of three downloads, and how large the file is. */
export async function timedFile(
  what: string,
  who: string,
  target: Target,
  path: string,
  most: number,
): Promise<Line> {
  let bytes = 0
  const median = await medianOf(3, async () => {
    bytes = (await (await answerTo(target, path)).arrayBuffer()).byteLength
  })
  return {
    what,
    who,
    figure: `${median.toFixed(0)} ms, ${(bytes / 1024).toFixed(0)} KB`,
    budget: `≤ ${most} ms`,
    holds: median <= most,
  }
}

async function answerTo(target: Target, path: string): Promise<Response> {
  const response = await fetch(`http://${target.host}:${target.port}/api${path}`, {
    headers: { authorization: `Bearer ${target.token}` },
  })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response
}

async function medianOf(times: number, work: () => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let one = 0; one < times; one++) {
    const began = performance.now()
    await work()
    took.push(performance.now() - began)
  }
  return took.toSorted((a, b) => a - b)[Math.floor(times / 2)]!
}
