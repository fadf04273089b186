type Sentence = Record<'ru' | 'en', string>

/** Why a cell is not written, for the person who typed it. */
export class CellRefusal extends Error {
  readonly sentence: Sentence
  constructor(ru: string, en: string) {
    super(en)
    this.sentence = { ru, en }
  }
}

/** @throws CellRefusal where the text is longer than its field takes */
export function short(text: string, most = 500): string {
  if (text.length <= most) return text
  throw new CellRefusal(
    `Слишком длинно: не больше ${most} знаков.`,
    `Too long: ${most} characters at the most.`,
  )
}
