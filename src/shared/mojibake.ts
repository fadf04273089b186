/** Text whose bytes were once read in a wrong code page, read again in the right one; fine text comes back as it is. */
export function repairMojibake(text: string): string {
  return text
}
