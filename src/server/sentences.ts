/** What the console says when something is in the way: what happened and what to do, one sentence or two. */
const en = {
  'disk-full':
    'There is no space left on the disk of {folder}. Free some space and start again; nothing entered so far is lost.',
  'folder-not-made':
    'The data folder {folder} cannot be made ({code}). Name another one in KARTOTEKA_DATA or give this user the right to write there.',
  'folder-not-written':
    'The data folder {folder} cannot be written by this user ({code}). Name another one in KARTOTEKA_DATA or give this user the right to write there.',
  'folder-closed':
    'The database runs as the system user "{user}", who cannot enter {closed}. Let him pass with `chmod o+x {closed}`, or name a data folder elsewhere in KARTOTEKA_DATA, for example /var/lib/kartoteka.',
  'folder-foreign':
    'The database in {folder} belongs to another user of this computer. Start as that user (or as the administrator), or name another folder in KARTOTEKA_DATA.',
  'folder-not-owned':
    'The folder {folder} cannot be given to the system user "{user}" ({code}): the disk may not know owners. Name a data folder on a disk of this computer in KARTOTEKA_DATA.',
  'folder-in-use':
    'Kartoteka is already running on the data folder {folder}: process {pid}{address}. Stop it first, or name another folder in KARTOTEKA_DATA.',
  'folder-in-use-by-command':
    'The command "{command}" is working with the data folder {folder} (process {pid}). Wait until it ends and start again.',
  'folder-newer':
    'The data folder {folder} was last used by a newer Kartoteka ({found}); this one is {known}. Update the program: going back would damage the data.',
  'database-newer':
    'The database in {folder} was made by PostgreSQL {found}, newer than the {known} of this program. Update the program.',
  'database-older':
    'The database in {folder} was made by PostgreSQL {found}; this program brings {known}. Make a backup with the program it was made by and restore it into a new folder.',
  'settings-unreadable': 'The settings file {file} cannot be read. Give this user the right to read it.',
  'secret-damaged':
    'The key file {file} is damaged. Put back the one from your copy, or delete it: the next start makes a new one.',
  'secret-unreadable':
    'The key file {file} cannot be read or made ({code}). Start as the user who owns the data folder.',
  'file-unreadable': 'The file {file} cannot be read.',
  'tls-half': 'KARTOTEKA_TLS_CERT and KARTOTEKA_TLS_KEY go together; only one of them is set.',
  'oidc-half': 'KARTOTEKA_OIDC_ISSUER and KARTOTEKA_OIDC_CLIENT_ID go together; only one of them is set.',
  'oidc-needs-url':
    'Signing in through a provider needs KARTOTEKA_URL: the address the provider sends people back to.',
  'oidc-issuer-unfit':
    'KARTOTEKA_OIDC_ISSUER must be an https:// address, as the provider calls itself, not "{issuer}".',
  'oidc-hours-unfit': 'KARTOTEKA_OIDC_SESSION_HOURS must be a number of hours from 1 to 720.',
  'ldap-half': 'KARTOTEKA_LDAP_URL and KARTOTEKA_LDAP_BASE go together; only one of them is set.',
  'ldap-timeout-unfit': 'KARTOTEKA_LDAP_TIMEOUT must be a number of seconds from 1 to 60.',
  'ldap-url-unfit': 'KARTOTEKA_LDAP_URL must be ldaps:// or ldap:// and a host, not "{url}".',
  'ldap-plain':
    'Passwords would go to {url} in the clear. Name it ldaps://, or set KARTOTEKA_LDAP_STARTTLS=true; where the network itself is protected, KARTOTEKA_LDAP_PLAIN=true.',
  'ldap-filter-unfit':
    '{name} is no filter of a directory, or has no place for the person: {login}, in filters of groups {dn} too.',
  'admin-password-short':
    'KARTOTEKA_ADMIN_PASSWORD is shorter than {shortest} characters. Set a longer one and start again.',
  'port-unfit': 'PORT must be a number from 0 to 65535, not "{port}".',
  'port-taken':
    'Port {port} on {host} is taken by another program. Stop that program or choose another port, for example PORT={other}.',
  'port-forbidden':
    'This user may not listen on port {port} of {host}. Choose a port above 1023, for example PORT=3000.',
  'host-unknown':
    'This computer has no address {host}. Set HOST to 127.0.0.1 (this computer only) or 0.0.0.0 (the whole network).',
  'account-not-made':
    'PostgreSQL never runs as root, and a system user "kartoteka" could not be made here. Make one (for example `useradd --system kartoteka`) or start Kartoteka as an ordinary user.',
  'no-binaries':
    'There is no PostgreSQL for this system ({platform}) among the packages. Set DATABASE_URL to a PostgreSQL 16 or newer of your own.',
  'database-failed': 'The database did not start: {reason} The full story is in {log}.',
  'database-lost': 'The database server keeps stopping; Kartoteka closes. The reason is in {log}.',
  'database-recovering': 'The last run was cut off; the database is putting itself in order…',
  'database-restarted': 'The database server had stopped and was started again.',
  'orphan-stopped': 'Stopped a database server left behind by a run that was cut off.',
  'url-unfit':
    'DATABASE_URL is not an address of a PostgreSQL database. It looks like postgres://user:password@host:5432/database.',
  'url-unreachable':
    'The database server of DATABASE_URL does not answer ({reason}). Check the address, the network and whether the server runs.',
  'url-password':
    'The database server of DATABASE_URL refuses the sign-in ({reason}). Check user and password.',
  'url-no-database':
    'There is no database "{database}" on the server of DATABASE_URL. Have the administrator run:\n  {sql}',
  'url-old': 'The server of DATABASE_URL is PostgreSQL {found}; Kartoteka needs 16 or newer.',
  'url-encoding':
    'The database "{database}" has the encoding {found}; Kartoteka needs UTF8. Have the administrator make a new one:\n  {sql}',
  'url-letters':
    'The database "{database}" does not know Cyrillic letters (character type {found}), so searching would be slow. Have the administrator make a new one:\n  {sql}',
  'url-extension':
    'The extension {extension} is missing in the database "{database}" and this user may not add it. Have the administrator install PostgreSQL\'s contrib modules and run in that database:\n  {sql}',
  'url-roles':
    'The user "{user}" of DATABASE_URL may not make roles, which decide who sees which clients. Have the administrator run:\n  {sql}',
  'url-schema':
    'The user "{user}" of DATABASE_URL may not make tables in the database "{database}". Have the administrator run:\n  {sql}',
  'url-login':
    'The roles {roles} were made by another user, and yours may not grant them. Have the administrator run:\n  {sql}',
}

const ru: Record<keyof typeof en, string> = {
  'disk-full':
    'На диске с папкой {folder} не осталось места. Освободите место и запустите снова; введённое до сих пор не потеряно.',
  'folder-not-made':
    'Не удаётся создать папку данных {folder} ({code}). Укажите другую в KARTOTEKA_DATA или дайте этому пользователю право записи.',
  'folder-not-written':
    'Этот пользователь не может писать в папку данных {folder} ({code}). Укажите другую в KARTOTEKA_DATA или дайте право записи.',
  'folder-closed':
    'База работает от имени системного пользователя «{user}», а он не может войти в {closed}. Пропустите его: `chmod o+x {closed}`, — или укажите папку данных в другом месте в KARTOTEKA_DATA, например /var/lib/kartoteka.',
  'folder-foreign':
    'База в {folder} принадлежит другому пользователю этого компьютера. Запустите от его имени (или от имени администратора) либо укажите другую папку в KARTOTEKA_DATA.',
  'folder-not-owned':
    'Папку {folder} не удаётся передать системному пользователю «{user}» ({code}): возможно, диск не знает владельцев. Укажите в KARTOTEKA_DATA папку на диске этого компьютера.',
  'folder-in-use':
    'Картотека уже работает с папкой данных {folder}: процесс {pid}{address}. Сначала остановите её или укажите другую папку в KARTOTEKA_DATA.',
  'folder-in-use-by-command':
    'С папкой данных {folder} работает команда «{command}» (процесс {pid}). Дождитесь её конца и запустите снова.',
  'folder-newer':
    'С папкой данных {folder} работала более новая Картотека ({found}), а эта — {known}. Обновите программу: шаг назад испортил бы данные.',
  'database-newer':
    'База в {folder} создана PostgreSQL {found} — новее, чем {known} в этой программе. Обновите программу.',
  'database-older':
    'База в {folder} создана PostgreSQL {found}, а в этой программе — {known}. Сделайте копию той программой, которой она создана, и восстановите её в новую папку.',
  'settings-unreadable': 'Не удаётся прочитать файл настроек {file}. Дайте этому пользователю право чтения.',
  'secret-damaged':
    'Файл ключа {file} повреждён. Верните его из копии или удалите: при следующем запуске появится новый.',
  'secret-unreadable':
    'Файл ключа {file} не удаётся прочитать или создать ({code}). Запустите от имени владельца папки данных.',
  'file-unreadable': 'Не удаётся прочитать файл {file}.',
  'tls-half': 'KARTOTEKA_TLS_CERT и KARTOTEKA_TLS_KEY задаются вместе, а задано только одно из двух.',
  'oidc-half':
    'KARTOTEKA_OIDC_ISSUER и KARTOTEKA_OIDC_CLIENT_ID задаются вместе, а задано только одно из двух.',
  'oidc-needs-url':
    'Для входа через провайдера нужен KARTOTEKA_URL: адрес, на который провайдер возвращает людей.',
  'oidc-issuer-unfit':
    'KARTOTEKA_OIDC_ISSUER — адрес с https://, как провайдер называет себя сам, а не «{issuer}».',
  'oidc-hours-unfit': 'KARTOTEKA_OIDC_SESSION_HOURS — число часов от 1 до 720.',
  'ldap-half': 'KARTOTEKA_LDAP_URL и KARTOTEKA_LDAP_BASE задаются вместе, а задано только одно из двух.',
  'ldap-timeout-unfit': 'KARTOTEKA_LDAP_TIMEOUT — число секунд от 1 до 60.',
  'ldap-url-unfit': 'KARTOTEKA_LDAP_URL — это ldaps:// или ldap:// и имя сервера, а не «{url}».',
  'ldap-plain':
    'Пароли шли бы на {url} открытым текстом. Укажите ldaps:// или KARTOTEKA_LDAP_STARTTLS=true; если защищена сама сеть — KARTOTEKA_LDAP_PLAIN=true.',
  'ldap-filter-unfit':
    '{name} — не фильтр каталога, или в нём нет места для человека: {login}, в фильтре групп ещё {dn}.',
  'admin-password-short':
    'KARTOTEKA_ADMIN_PASSWORD короче {shortest} знаков. Задайте пароль длиннее и запустите снова.',
  'port-unfit': 'PORT — число от 0 до 65535, а не «{port}».',
  'port-taken':
    'Порт {port} на {host} занят другой программой. Остановите её или выберите другой порт, например PORT={other}.',
  'port-forbidden':
    'Этому пользователю нельзя слушать порт {port} на {host}. Выберите порт больше 1023, например PORT=3000.',
  'host-unknown':
    'У этого компьютера нет адреса {host}. Задайте HOST: 127.0.0.1 (только этот компьютер) или 0.0.0.0 (вся сеть).',
  'account-not-made':
    'PostgreSQL не работает от имени root, а создать системного пользователя «kartoteka» здесь не удалось. Создайте его (например, `useradd --system kartoteka`) или запустите Картотеку от имени обычного пользователя.',
  'no-binaries':
    'Среди пакетов нет PostgreSQL для этой системы ({platform}). Укажите в DATABASE_URL свой PostgreSQL 16 или новее.',
  'database-failed': 'База не запустилась: {reason} Подробности — в {log}.',
  'database-lost': 'Сервер базы останавливается снова и снова; Картотека закрывается. Причина — в {log}.',
  'database-recovering': 'Прошлая работа была прервана; база приводит себя в порядок…',
  'database-restarted': 'Сервер базы остановился и запущен заново.',
  'orphan-stopped': 'Остановлен сервер базы, оставшийся от прерванной работы.',
  'url-unfit':
    'DATABASE_URL — не адрес базы PostgreSQL. Он выглядит так: postgres://пользователь:пароль@сервер:5432/база.',
  'url-unreachable':
    'Сервер базы из DATABASE_URL не отвечает ({reason}). Проверьте адрес, сеть и запущен ли сервер.',
  'url-password': 'Сервер базы из DATABASE_URL не принимает вход ({reason}). Проверьте имя и пароль.',
  'url-no-database':
    'На сервере из DATABASE_URL нет базы «{database}». Пусть администратор выполнит:\n  {sql}',
  'url-old': 'Сервер из DATABASE_URL — PostgreSQL {found}, а Картотеке нужен 16 или новее.',
  'url-encoding':
    'Кодировка базы «{database}» — {found}, а Картотеке нужна UTF8. Пусть администратор создаст новую:\n  {sql}',
  'url-letters':
    'База «{database}» не знает кириллицы (тип символов {found}), и поиск был бы медленным. Пусть администратор создаст новую:\n  {sql}',
  'url-extension':
    'В базе «{database}» нет расширения {extension}, а добавить его этот пользователь не вправе. Пусть администратор установит модули contrib PostgreSQL и выполнит в этой базе:\n  {sql}',
  'url-roles':
    'Пользователь «{user}» из DATABASE_URL не вправе создавать роли, а они решают, кто каких клиентов видит. Пусть администратор выполнит:\n  {sql}',
  'url-schema':
    'Пользователь «{user}» из DATABASE_URL не вправе создавать таблицы в базе «{database}». Пусть администратор выполнит:\n  {sql}',
  'url-login':
    'Роли {roles} созданы другим пользователем, и ваш не вправе их выдавать. Пусть администратор выполнит:\n  {sql}',
}

export const sentences = { en, ru }
