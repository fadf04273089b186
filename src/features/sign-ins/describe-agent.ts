const BROWSERS: [RegExp, string][] = [
  [/YaBrowser/, 'Yandex Browser'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** «Chrome, Windows» from a User-Agent line; '' when it says nothing known. */
export const describeAgent = (agent: string | null): string =>
  [BROWSERS, SYSTEMS]
    .map((names) => names.find(([pattern]) => pattern.test(agent ?? ''))?.[1])
    .filter(Boolean)
    .join(', ')
