import type { Target } from '#features/imports/mapping.ts'

export interface Meaning {
  target: Target
  label?: string
  of?: 'person'
}

type Entry = [target: Target, words: string, more?: Omit<Meaning, 'target'>]

/** Headers as people and programs write them, folded (`fold` of #shared/text.ts): small letters, no punctuation, е for ё. */
const ENTRIES: Entry[] = [
  [
    'name',
    'наименование|название|контрагент|клиент|клиенты|компания|организация|фирма|предприятие|покупатель|заказчик|поставщик|партнер|' +
      'юр лицо|юридическое лицо|юрлицо|краткое наименование|рабочее наименование|сокращенное наименование|наименование организации|' +
      'наименование контрагента|наименование клиента|наименование компании|название компании|название организации|название фирмы|' +
      'наименование предприятия|наименование покупателя|наименование заказчика|имя клиента|имя компании|имя контрагента|представление|' +
      'продавец|дилер|арендатор|абонент|плательщик|получатель|грузополучатель|место работы|наименование юл|наим|наименование орг|' +
      'company|company name|companyname|organization|organisation|organization name|org name|client|client name|customer|' +
      'customer name|account name|business name|firm|firm name|buyer|buyer name|partner|partner name|vendor|supplier|title of company|' +
      'full company name|company na|employer|legal name|название лида|название клиента|sold to name',
  ],
  ['name', 'name|names|lead name|record name|имя название|descr'],
  [
    'fullName',
    'полное наименование|полное название|наименование полное|официальное наименование|официальное название|юридическое наименование|' +
      'полное наименование организации|полное юридическое наименование|юридическое название|full name of company|legal company name|' +
      'наименование для печати|печатное наименование|полное наименование юл',
  ],
  [
    'inn',
    'инн|инн организации|инн клиента|inn|tax id|taxid|tin|vat|vat number|tax number|инн юл|идентификационный номер налогоплательщика|инн физлица|инн ип',
  ],
  ['kpp', 'кпп|kpp|код причины постановки'],
  ['innKpp', 'инн кпп|инн и кпп|inn kpp|инн кпп организации'],
  ['ogrn', 'огрн|огрнип|огрн огрнип|огрн ип|ogrn|ogrnip|регистрационный номер'],
  ['okpo', 'окпо|код по окпо|код окпо|okpo'],
  [
    'kind',
    'юр физ лицо|юр физ|юридическое физическое лицо|юр лицо физ лицо|вид контрагента|тип контрагента|тип клиента|вид лица|тип лица|' +
      'правовая форма|client type|customer type|account type|entity type|физ юр',
  ],
  [
    'region',
    'регион|регион клиента|бизнес регион|область край|территория|округ|федеральный округ|субъект рф|region|territory|area|sales region|зона',
  ],
  [
    'source',
    'источник|источник информации|источник клиента|откуда|откуда узнали|откуда узнал|откуда пришел|канал|канал привлечения|источник лида|' +
      'источник привлечения|рекламный источник|source|lead source|origin|referral source|channel|referred by|referred b|как узнали',
  ],
  [
    'stage',
    'стадия|статус|состояние|этап|статус клиента|стадия взаимоотношений|стадия отношений|этап сделки|статус контрагента|стадия сделки|' +
      'статус лида|stage|status|lead status|customer status|lifecycle stage|состояние клиента|этап продаж',
  ],
  [
    'categories',
    'категория|категории|группа|группа контрагентов|группа клиентов|сегмент|теги|тег|метки|метка|класс|авс класс|abc класс|важность|' +
      'группа клиента|категория клиента|сегмент рынка|category|categories|tags|tag|segment|group|groups|labels|customer group|contact type|contact ty',
  ],
  [
    'comment',
    'комментарий|комментарии|примечание|примечания|заметка|заметки|дополнительно|доп информация|дополнительная информация|описание|' +
      'коментарий|комент|прим|особенности|информация|доп сведения|comment|comments|note|notes|description|remarks|remark|memo|background|' +
      'additional info|about|что обсуждали|история',
  ],
  [
    'note',
    'отрасль|сфера деятельности|вид деятельности|основной вид деятельности|оквэд|деятельность|специализация|industry|профиль|график работы|' +
      'расписание работы|время работы|часы работы|рубрика|бренд|численность|количество сотрудников|working hours',
  ],
  [
    'owner',
    'менеджер|ответственный|ответственный менеджер|менеджер покупателя|основной менеджер|куратор|ведущий менеджер|персональный менеджер|' +
      'менеджер клиента|кто ведет|ведет|сотрудник|наш менеджер|ответственное лицо|торговый представитель|агент|автор|' +
      'manager|owner|account manager|responsible|sales manager|assigned to|sales rep|sales|record owner|account owner|contact owner|salesperson',
  ],
  ['isBuyer', 'покупатель да нет|это покупатель|является покупателем|is buyer|is customer'],
  ['isSupplier', 'поставщик да нет|это поставщик|является поставщиком|is supplier|is vendor'],
  [
    'headClient',
    'головной контрагент|головная организация|холдинг|входит в холдинг|головная компания|parent|parent company|parent account|группа компаний',
  ],
  [
    'createdAt',
    'дата создания|создан|создано|дата добавления|добавлен|добавлено|дата внесения|дата ввода|дата заведения|дата первого контакта|created|' +
      'created at|created date|created on|date created|creation date|first seen|date added',
  ],
  [
    'externalCode',
    'код|код клиента|код контрагента|код 1с|внешний код|идентификатор|ид|id|ид клиента|id клиента|номер клиента|код в 1с|guid|uuid|' +
      'code|client id|customer id|customer code|client code|account number|external id|external code|record id|contact id|company id|user id|уникальный код',
  ],
  [
    'person.name',
    'фио|ф и о|контактное лицо|контактные лица|контакт|контактное лицо фио|фио контактного лица|фио полностью|полное имя|обращаться к|' +
      'представитель|фио представителя|имя контакта|имя контактного лица|фамилия имя отчество|фамилия имя|имя фамилия|имя и фамилия|фамилия и имя|' +
      'сотрудник клиента|фио клиента|фио покупателя|фио заказчика|контактная персона|персона|человек|ф и о контактного лица|лпр|фамилия и о|' +
      'контактное лицо клиента|с кем общаться|кого спросить|фамилия и инициалы|фамилия инициалы|фамилия имя отчество полностью|физ лицо|физическое лицо|пациент|гость|участник|ученик|родитель|' +
      'contact|display name|contact name|contact person|full name|fullname|person|person name|primary contact|attention|attn|name of contact|your name|buyer contact name',
    { of: 'person' },
  ],
  [
    'person.name',
    'директор|руководитель|генеральный директор|ген директор|гендиректор|фио директора|фио руководителя|director|ceo',
    { of: 'person', label: 'директор' },
  ],
  [
    'person.name',
    'главный бухгалтер|гл бухгалтер|бухгалтер|фио бухгалтера|accountant',
    { of: 'person', label: 'бухгалтер' },
  ],
  [
    'person.lastName',
    'фамилия|фам|last name|lastname|surname|family name|second name last|last',
    { of: 'person' },
  ],
  ['person.firstName', 'имя|first name|firstname|given name|forename|first', { of: 'person' }],
  [
    'person.middleName',
    'отчество|отч|middle name|middlename|patronymic|middle|additional name|second name',
    { of: 'person' },
  ],
  [
    'person.position',
    'должность|должность контактного лица|должность контакта|профессия|position|job title|job|title|должн|post',
    { of: 'person' },
  ],
  ['person.role', 'роль|роль контактного лица|role|функция', { of: 'person' }],
  [
    'person.birthday',
    'дата рождения|день рождения|др|д р|дата рожд|рождение|родился|birthday|birth date|birthdate|date of birth|dob|bday',
    { of: 'person' },
  ],
  [
    'phone',
    'телефон|телефоны|тел|номер телефона|контактный телефон|контактные телефоны|телефонный номер|номер тел|телефон для связи|телефона|' +
      'телефон контактный|тлф|все телефоны|phone|phones|phone number|telephone|tel|contact phone|phone no|primary phone|main phone|phone value|phone numbers|contact number',
  ],
  [
    'phone',
    'мобильный|мобильный телефон|моб|моб тел|моб телефон|мобильные|сотовый|сотовый телефон|сот|сот тел|мобила|номер мобильного|mobile|mobile phone|cell|cell phone|cellphone|mobile number|mobile pho|mobile tel|gsm',
    { label: 'мобильный' },
  ],
  [
    'phone',
    'рабочий|рабочий телефон|раб тел|раб телефон|служебный телефон|служебный|телефон офиса|офис|городской телефон|городской|стационарный телефон|work phone|business phone|office phone|office|phone work|business telephone|work telephone|work number',
    { label: 'рабочий' },
  ],
  [
    'phone',
    'домашний|домашний телефон|дом тел|дом телефон|home|home phone|phone home|home telephone',
    { label: 'домашний' },
  ],
  ['phone', 'факс|факсы|номер факса|fax|fax number|business fax|work fax|telefax', { label: 'факс' }],
  ['phone', 'тел факс|телефон факс|телефон и факс|тел и факс|phone fax', { label: 'тел./факс' }],
  ['phone', 'другой телефон|доп телефон|дополнительный телефон|other phone|phone other', { label: 'другой' }],
  [
    'phone.extension',
    'добавочный|доб|внутренний номер|добавочный номер|вн номер|extension|ext|work exten|phone extension',
  ],
  [
    'email',
    'e mail|email|почта|эл почта|электронная почта|адрес электронной почты|электронный адрес|эл адрес|емейл|имейл|мейл|е mail|емайл|имэйл|мыло|' +
      'электронка|адрес эл почты|адреса электронной почты|эл почты|e mails|emails|mail|email address|e mail address|primary email|' +
      'email name|emailaddress|e mail контакта|email контакта|контактный e mail|контактный email|e mail 1 value|электронные адреса',
  ],
  [
    'email',
    'рабочая почта|рабочий email|рабочий e mail|корпоративная почта|work email|business email|email work|work e mail',
    { label: 'рабочий' },
  ],
  [
    'email',
    'личная почта|личный email|личный e mail|personal email|home email|email home|private email',
    { label: 'личный' },
  ],
  ['email', 'другая почта|email other|other email', { label: 'другой' }],
  [
    'address',
    'адрес|адреса|местонахождение|место нахождения|полный адрес|адрес клиента|адрес организации|адрес одной строкой|адрес полностью|address|full address|location|addresses|локация',
  ],
  [
    'address',
    'юридический адрес|юр адрес|адрес юридический|адрес юр|адрес регистрации|место регистрации|прописка|legal address|registered address',
    { label: 'юридический' },
  ],
  [
    'address',
    'фактический адрес|факт адрес|адрес фактический|адрес факт|адрес местонахождения|адрес офиса|адрес проживания|место жительства|actual address|physical address|office address',
    { label: 'фактический' },
  ],
  [
    'address',
    'почтовый адрес|адрес почтовый|адрес для корреспонденции|адрес для писем|mailing address|postal address|mail address',
    { label: 'почтовый' },
  ],
  [
    'address',
    'адрес доставки|адрес отгрузки|доставка|пункт разгрузки|shipping address|delivery address|ship to',
    { label: 'доставки' },
  ],
  ['address', 'billing address|адрес плательщика', { label: 'платежный' }],
  ['address', 'home address|домашний адрес', { label: 'домашний' }],
  [
    'website',
    'сайт|веб сайт|вебсайт|интернет сайт|адрес сайта|сайты|веб страница|домашняя страница|интернет адрес|ссылка|site|website|web site|web|url|homepage|web page|company website|интернет|www',
  ],
  ['website', 'linkedin|linkedin url|linkedin profile', { label: 'LinkedIn' }],
  ['messenger', 'мессенджер|мессенджеры|соцсети|соц сети|социальные сети|icq|messenger|im|social|аська'],
  ['messenger', 'skype|скайп', { label: 'Skype' }],
  ['messenger', 'telegram|телеграм|телеграмм|тг|tg|ник в телеграм', { label: 'Telegram' }],
  ['messenger', 'whatsapp|whats app|ватсап|вотсап|вацап|wa', { label: 'WhatsApp' }],
  ['messenger', 'viber|вайбер', { label: 'Viber' }],
  ['messenger', 'vk|вк|вконтакте', { label: 'VK' }],
  [
    'contacts',
    'контакты|контактные данные|контактная информация|связь|способ связи|координаты|реквизиты|contacts|contact info|contact information|contact details|контакты клиента|тел e mail|телефон e mail|телефон email|телефон почта|тел почта',
  ],
  ['other', 'другое|прочее|other'],
  ['address.index', 'индекс|почтовый индекс|postal code|postalcode|zip|zip code|zipcode|postcode'],
  ['address.country', 'страна|country|country region'],
  [
    'address.region',
    'область|край|республика|область край республика|state|province|state province|county|province id|область регион',
  ],
  ['address.district', 'район|district'],
  ['address.city', 'город|населенный пункт|нас пункт|местность|city|town|locality|город клиента|г'],
  ['address.street', 'улица|ул|street|street address|address line|line|addr|улица дом|street name'],
  ['address.house', 'дом|номер дома|house|building|строение|корпус'],
  ['address.flat', 'квартира|кв|офис квартира|кв офис|помещение|комната|apartment|suite|unit'],
  [
    'account',
    'р с|рс|расчетный счет|р счет|расч счет|номер счета|счет|р сч|банковский счет|bank account|account no|settlement account|iban',
  ],
  ['bic', 'бик|бик банка|bic|swift|bank code'],
  ['bank', 'банк|наименование банка|название банка|банк получателя|bank|bank name|в банке'],
  [
    'corrAccount',
    'к с|кс|корр счет|корреспондентский счет|кор счет|корсчет|к сч|correspondent account|корр сч',
  ],
]

/** Folded header → what it means. The first mention wins. */
export const SYNONYMS: ReadonlyMap<string, Meaning> = new Map(
  ENTRIES.flatMap(([target, words, more]) =>
    words.split('|').map((word) => [word, { target, ...more }] as const),
  ).reverse(),
)

/** Columns that are surely nothing a client has, however their content looks. */
export const NOT_OURS = new Set(
  (
    'no|n|n п п|n пп|п п|пп|номер п п|номер по порядку|порядковый номер|пол|gender|sex|фото|photo|photos|image|avatar|picture|логотип|logo|' +
    'price|цена|сумма|sum|amount|количество|кол во|qty|quantity|номер заказа|order id|номер договора|договор|дата договора|пароль|password|' +
    'номер объявления|номер документа|дата|date|время|time|паспорт|снилс|ssn|dependent ssn|has newsletter|nb tasks|last seen|sales id'
  ).split('|'),
)

/** A header with one of these is about something else: «Наименование товара», «Адрес склада», «Телефон менеджера». */
export const FOREIGN =
  /(?:^| )(?:товар|номенклатур|издели|показател|документ|заказ|договор|накладн|склад|услуг|тариф|объявлен|проект|мероприят|сделк|менеджера|курьер|водител|product|goods|item|order|invoice|contract|sku|project|payment|pipeline|delivery start|delivery end|spouse|spous|супруг)/
