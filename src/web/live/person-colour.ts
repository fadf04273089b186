/** Told apart in light and dark, with white letters on them readable (4.5 : 1). */
const colours = ['#1c6fb8', '#a03b8c', '#0f7b5a', '#b3471d', '#5b52c4', '#8a6100', '#b02a4c', '#2e7286']

/** The colour a colleague is marked by everywhere, the same on every screen. */
export function colourOf(userId: string): string {
  let sum = 0
  for (const letter of userId) sum = (sum * 31 + letter.charCodeAt(0)) % 1_000_003
  return colours[sum % colours.length]!
}

/** «Вера Громова» → ВГ */
export const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.slice(0, 1).toUpperCase())
    .join('')
