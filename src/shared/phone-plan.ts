/** Area codes of Russia (first three of ten digits), 80x service numbers and the mobile 9xx; Kazakhstan shares +7 as 6xx and 7xx. */
const RUSSIAN_CODE =
  /^(?:9\d\d|80\d|30[12]|336|34[1-35-79]|35[1-3]|365|38[1-58]|39[0145]|401|41[1356]|42[13467]|47[1-5]|48[1-7]|49[1-689]|81[1-8]|82[01]|83[13-6]|84[0-8]|85[15-7]|86[0-35-79]|87[1-37-9])/
const KAZAKH_CODE = /^7(?:[0-2567]\d|47)/

const FOREIGN_CODE =
  /^(?:1|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|21[12368]|2[2-6]\d|29[017-9]|35\d|37\d|38[0-35-79]|42[013]|50\d|59\d|67[02-9]|68\d|69[0-2]|8(?:0[08]|5[02356]|70|78|8[0-368])|9(?:6[0-8]|7[0-79]|9[2-68]))/

/** Shortest and longest national number, where trade makes it worth knowing exactly; E.164 bounds the rest. */
const NATIONAL_LENGTHS: Record<string, readonly [number, number]> = {
  1: [10, 10],
  20: [8, 10],
  30: [10, 10],
  31: [9, 9],
  32: [8, 9],
  33: [9, 9],
  34: [9, 9],
  36: [8, 9],
  40: [9, 9],
  41: [9, 9],
  44: [9, 10],
  45: [8, 8],
  46: [7, 10],
  47: [8, 8],
  48: [9, 9],
  49: [6, 12],
  61: [9, 9],
  65: [8, 8],
  81: [9, 10],
  82: [8, 10],
  84: [9, 10],
  86: [9, 11],
  90: [10, 10],
  91: [10, 10],
  98: [10, 10],
  357: [8, 8],
  359: [7, 9],
  370: [8, 8],
  371: [8, 8],
  372: [7, 8],
  373: [8, 8],
  374: [8, 8],
  375: [9, 9],
  380: [9, 9],
  420: [9, 9],
  421: [9, 9],
  852: [8, 8],
  971: [8, 9],
  972: [8, 9],
  976: [8, 8],
  992: [9, 9],
  993: [8, 8],
  994: [9, 9],
  995: [9, 9],
  996: [9, 9],
  998: [9, 9],
}
const OTHER_LENGTHS = [4, 12] as const

/** Codes that are written without a plus as often as with it. */
const NEIGHBOUR = /^(?:37[345]|380|99[24568])/

export type Plan = 'russian' | 'kazakh' | 'unknown'

/** Whose plan the ten digits after +7 belong to. */
export function planOf(national: string): Plan {
  if (RUSSIAN_CODE.test(national)) return 'russian'
  return KAZAKH_CODE.test(national) ? 'kazakh' : 'unknown'
}

/** Whether digits with a country code in front (not 7) can be a number of that country: code and length. */
export function isForeignNumber(digits: string): boolean {
  const code = FOREIGN_CODE.exec(digits)?.[0]
  if (!code) return false
  const [shortest, longest] = NATIONAL_LENGTHS[code] ?? OTHER_LENGTHS
  const length = digits.length - code.length
  return length >= shortest && length <= longest
}

/** Whether such digits are a number of a neighbouring country, so that a missing plus may be taken for granted. */
export function isNeighbourNumber(digits: string): boolean {
  return NEIGHBOUR.test(digits) && isForeignNumber(digits)
}

/** 8-800 and 80x lines belong to a company: no SMS, and weak evidence that two records are one client. */
export function isServiceLine(normalized: string): boolean {
  return normalized.startsWith('+780')
}
