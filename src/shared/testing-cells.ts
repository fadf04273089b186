/** A cell as people leave it, and after the arrow what a knowing person reads in it: one a line. */
export const cellsOf = (text: string): (readonly [raw: string, reading: string])[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const at = line.lastIndexOf(' => ')
      return [line.slice(0, at), line.slice(at + 4).trim()] as const
    })

export const isUsable = (verdict: string): boolean => verdict === 'ok' || verdict === 'fixed'
