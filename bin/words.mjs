/** Sentences of the launcher, in the language of the environment: nothing is installed yet when they are needed. */
const catalogs = {
  en: {
    installing: 'Installing the packages (a minute or two, once)…',
    building: 'Building the screens…',
    waiting: 'Another process is installing here; waiting for it…',
    offline:
      'The packages could not be fetched: the network or the registry cannot be reached. Connect this computer to the network and run the command again; later starts need none.',
    'no-space': 'There is no space left on the disk of {folder}. Free about 1 GB and run the command again.',
    'read-only':
      'The packages are missing and the folder {folder} cannot be written by this user. Run `npm start` once as its owner, or give this user the right to write there.',
    'no-npm': 'npm was not found beside Node. Run the command through npm: `npm start`.',
    'install-failed': 'Installing the packages failed (npm ci, code {code}). What npm said is above.',
    'build-failed': 'Building the screens failed (code {code}). What the builder said is above.',
    'no-node':
      'Node 24 is missing from the packages. Delete the folder node_modules and run the command again.',
  },
  ru: {
    installing: 'Устанавливаю пакеты (минута-две, один раз)…',
    building: 'Собираю экраны…',
    waiting: 'Здесь уже идёт установка; жду её…',
    offline:
      'Не удалось получить пакеты: сеть или реестр недоступны. Подключите компьютер к сети и повторите команду; для следующих запусков сеть не нужна.',
    'no-space': 'На диске с папкой {folder} не осталось места. Освободите около 1 ГБ и повторите команду.',
    'read-only':
      'Пакеты не установлены, а в папку {folder} этот пользователь писать не может. Выполните `npm start` один раз от имени владельца папки или дайте право записи.',
    'no-npm': 'Рядом с Node не найден npm. Запускайте через npm: `npm start`.',
    'install-failed': 'Установка пакетов не удалась (npm ci, код {code}). Сообщение npm — выше.',
    'build-failed': 'Сборка экранов не удалась (код {code}). Сообщение сборщика — выше.',
    'no-node': 'Среди пакетов нет Node 24. Удалите папку node_modules и повторите команду.',
  },
}

const language = /^ru/i.test(
  process.env.LC_ALL ||
    process.env.LC_MESSAGES ||
    process.env.LANG ||
    Intl.DateTimeFormat().resolvedOptions().locale,
)
  ? 'ru'
  : 'en'

export const say = (key, values = {}) =>
  catalogs[language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))
