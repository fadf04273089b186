import { fold } from './text.ts'

/** Stems of the names of regions and large towns, folded, by the clock they live by; a stem that begins a word of the region decides. */
const regionStems: Record<string, string> = {
  'Europe/Kaliningrad': 'калининград',
  'Europe/Samara': 'самар тольятти удмурт ижевск',
  'Europe/Saratov': 'саратов',
  'Europe/Ulyanovsk': 'ульяновск',
  'Europe/Astrakhan': 'астрахан',
  'Asia/Yekaterinburg':
    'екатеринбург свердловск челябинск магнитогорск пермь перм башкортостан башкири уфа оренбург оренбуржье тюмен курган ханты югра хмао сургут нижневартовск ямал янао салехард',
  'Asia/Omsk': 'омск',
  'Asia/Novosibirsk': 'новосибирск',
  'Asia/Tomsk': 'томск',
  'Asia/Barnaul': 'барнаул алтай горно',
  'Asia/Novokuznetsk': 'кемеров кузбасс новокузнецк',
  'Asia/Krasnoyarsk': 'красноярск норильск хакаси абакан тыва тува кызыл',
  'Asia/Irkutsk': 'иркутск братск ангарск бурят улан',
  'Asia/Chita': 'чита забайкаль',
  'Asia/Yakutsk': 'якут саха амурск благовещенск',
  'Asia/Vladivostok':
    'владивосток приморск приморь хабаровск комсомольск еврейск биробиджан находка уссурийск',
  'Asia/Magadan': 'магадан',
  'Asia/Sakhalin': 'сахалин южно',
  'Asia/Kamchatka': 'камчат петропавловск',
  'Asia/Anadyr': 'чукот чукотк анадыр',
  'Europe/Minsk': 'минск беларус белорус гомел брест витебск гродно могилев',
  'Asia/Almaty': 'казахстан алматы астана нурсултан караганд шымкент',
  'Europe/Moscow':
    'москва московск санкт петербург ленинград спб тула тульск тверь тверск ярослав калуж владимир рязан воронеж белгород курск липецк тамбов орел орловск брянск смоленск псков новгород вологод вологда архангельск мурманск карели петрозаводск коми сыктывкар киров нижн нижегород казан татарстан чуваш чебоксар марий мордов саранск пенза пензенск краснодар кубань адыге ростов ставропол волгоград калмык крым севастополь дагестан чечен чечн ингуш осети кабардин карачаев иваново ивановск костром',
}

/** First digits after the plus → clock: the longest that fits decides. Geographic codes only: a mobile number says nothing of where its owner is. */
const phoneCodes: Record<string, string> = {
  'Europe/Kaliningrad': '7401',
  'Europe/Samara': '7846 7848 7341',
  'Europe/Saratov': '7845',
  'Europe/Ulyanovsk': '7842',
  'Europe/Astrakhan': '7851',
  'Asia/Yekaterinburg': '7343 7351 7342 7347 7353 7345 7352 7346 7349',
  'Asia/Omsk': '7381',
  'Asia/Novosibirsk': '7383',
  'Asia/Tomsk': '7382',
  'Asia/Barnaul': '7385 7388',
  'Asia/Novokuznetsk': '7384',
  'Asia/Krasnoyarsk': '7391 7390 7394',
  'Asia/Irkutsk': '7395 7301',
  'Asia/Chita': '7302',
  'Asia/Yakutsk': '7411 7416',
  'Asia/Vladivostok': '7423 7421 7426',
  'Asia/Magadan': '7413',
  'Asia/Sakhalin': '7424',
  'Asia/Kamchatka': '7415',
  'Asia/Anadyr': '7427',
  'Europe/Moscow':
    '7495 7499 7498 7496 7812 7813 748 747 749 786 7862 7863 7865 7844 7831 7843 7835 7836 7834 7841 7811 7814 7815 7816 7817 7818 7820 7821 7833 7847 7855 7861 7866 7867 787 7365',
  'Europe/Minsk': '375',
  'Europe/Kyiv': '380',
  'Europe/Chisinau': '373',
  'Asia/Almaty': '77 76',
  'Asia/Tashkent': '998',
  'Asia/Bishkek': '996',
  'Asia/Dushanbe': '992',
  'Asia/Ashgabat': '993',
  'Asia/Baku': '994',
  'Asia/Tbilisi': '995',
  'Asia/Yerevan': '374',
  'Asia/Shanghai': '86',
  'Asia/Seoul': '82',
  'Asia/Tokyo': '81',
  'Asia/Dubai': '971',
  'Europe/Istanbul': '90',
  'Europe/Berlin': '49',
  'Europe/Paris': '33',
  'Europe/Rome': '39',
  'Europe/Madrid': '34',
  'Europe/London': '44',
  'Europe/Warsaw': '48',
}

const byStem = Object.entries(regionStems).flatMap(([zone, stems]) =>
  stems.split(' ').map((stem) => [stem, zone] as const),
)
const byCode = new Map(
  Object.entries(phoneCodes).flatMap(([zone, codes]) => codes.split(' ').map((code) => [code, zone])),
)

/**
 * The clock a client lives by: what a person said, else his region, else the area code of his phone.
 * @param phone `+74212000001`
 * @returns an IANA name; null where nothing tells
 */
export function zoneOfClient(client: {
  timeZone: string | null
  region: string | null
  phone: string | null
}): string | null {
  return client.timeZone ?? zoneOfRegion(client.region) ?? zoneOfPhone(client.phone)
}

function zoneOfRegion(region: string | null): string | null {
  if (!region) return null
  for (const word of fold(region).split(' ')) {
    const found = byStem
      .filter(([stem]) => word.startsWith(stem))
      .toSorted(([a], [b]) => b.length - a.length)[0]
    if (found) return found[1]
  }
  return null
}

function zoneOfPhone(phone: string | null): string | null {
  const digits = phone?.replace(/\D/g, '') ?? ''
  for (let length = Math.min(4, digits.length); length >= 2; length--) {
    const zone = byCode.get(digits.slice(0, length))
    if (zone) return zone
  }
  return null
}
