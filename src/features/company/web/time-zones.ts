/** Zones of the countries this product is used in, by their usual names; the browser knows the rest. */
const NEAR = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Novosibirsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Yakutsk',
  'Asia/Vladivostok',
  'Asia/Magadan',
  'Asia/Kamchatka',
  'Europe/Minsk',
  'Asia/Almaty',
  'Asia/Tashkent',
]

/** The zone of this device; a device on UTC is a server and says nothing about the company. */
export function ownTimeZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return zone?.includes('/') && !zone.startsWith('Etc/') ? zone : 'Europe/Moscow'
}

/** Options of a time zone field, the nearest first: «Москва (GMT+3)». */
export function timeZoneOptions(language: string): { value: string; label: string }[] {
  const all = Intl.supportedValuesOf('timeZone')
  const zones = [...new Set([...NEAR, ownTimeZone(), ...all])]
  return zones.map((value) => ({ value, label: `${nameOf(value, language)} (${offsetOf(value)})` }))
}

/** «Москва» rather than «Europe/Moscow», where the browser knows the name. */
function nameOf(zone: string, language: string): string {
  const parts = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    timeZoneName: 'longGeneric',
  }).formatToParts(0)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
  const city = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
  return language === 'ru' && NEAR.includes(zone) ? name : `${name}, ${city}`
}

const offsetOf = (zone: string) =>
  new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(new Date())
    .find(({ type }) => type === 'timeZoneName')?.value ?? ''
