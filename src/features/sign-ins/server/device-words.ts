interface Seen {
  /** «Chrome, Windows» */
  device: string
  address: string
  at: string
}

/** The letter about a new device, in both languages. */
export const deviceWords = {
  ru: {
    subject: 'Вход в Картотеку с нового устройства',
    greeting: (name: string) => `Здравствуйте, ${name}!`,
    what: ({ device, address, at }: Seen) =>
      `В вашу учётную запись вошли с устройства, с которого вы раньше не входили: ${device}, адрес ${address}, ${at}.`,
    mine: 'Если это были вы, ничего делать не нужно.',
    notMe: 'Это не я: закончить все сеансы и задать новый пароль',
    notMeByHand:
      'Если это были не вы, сразу сообщите руководителю или администратору: пусть сделает вам новую ссылку для входа.',
    unknownDevice: 'неизвестное устройство',
  },
  en: {
    subject: 'Sign-in to Kartoteka from a new device',
    greeting: (name: string) => `Hello, ${name}!`,
    what: ({ device, address, at }: Seen) =>
      `Somebody signed in to your account from a device you have not signed in from before: ${device}, address ${address}, ${at}.`,
    mine: 'If it was you, there is nothing to do.',
    notMe: 'It was not me: end all sessions and set a new password',
    notMeByHand:
      'If it was not you, tell the head or an administrator at once, and ask for a new link to sign in by.',
    unknownDevice: 'an unknown device',
  },
}
