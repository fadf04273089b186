/**
 * What an English catalogue must hold, given the Russian one: the same keys, all of them strings.
 * Only Russian has the plural forms `_few` and `_many`.
 */
export type English<Russian> = {
  [
    Key in keyof Russian as Key extends `${string}_few` | `${string}_many` ? never : Key
  ]: Russian[Key] extends string ? string : English<Russian[Key]>
}
