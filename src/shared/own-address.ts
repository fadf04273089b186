/**
 * Only an address of this very product: what stands behind `?to=` may come from a letter or a stranger's link and must not lead elsewhere
 * after signing in. Browsers drop tabs and line ends and take `\` for `/`, so it is read as they read it.
 * @returns path, search and hash; `/` for anything else
 */
export function ownAddress(to: string | undefined): string {
  const here = 'http://here.invalid'
  if (!to?.startsWith('/')) return '/'
  const read = URL.parse(to, here)
  if (!read || read.origin !== here || read.pathname.startsWith('//')) return '/'
  return `${read.pathname}${read.search}${read.hash}`
}
