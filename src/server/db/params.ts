/** Collects the parameters of a statement while its text is put together. */
export class Params {
  readonly values: unknown[] = []

  /** @returns the placeholder, `$3` */
  add(value: unknown): string {
    this.values.push(value)
    return `$${this.values.length}`
  }
}
