const YES = /^(?:да|истина|true|yes|y|1|\+|v|x|х|✓|✔|есть)$/i
const NO = /^(?:нет|ложь|false|no|n|0|-)$/i

/** Whether a text is a yes or a no. */
export function isFlag(text: string): boolean {
  return YES.test(text) || NO.test(text)
}

/** «Да», TRUE, +, 1 → true; «Нет», FALSE, -, 0 → false; anything else null. */
export function parseFlag(text: string): boolean | null {
  return YES.test(text) ? true : NO.test(text) ? false : null
}
