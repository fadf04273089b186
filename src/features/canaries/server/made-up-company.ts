import { randomInt } from 'node:crypto'
import { innHolds } from '#shared/check-digits.ts'

const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)]!

const starts =
  'Пром Строй Агро Торг Альфа Регион Волга Север Вектор Дон Урал Балт Сибирь Ока Форт Парк'.split(' ')
const ends = 'Снаб Сервис Ресурс Комплект Трейд Логистик Монтаж Опт Системс Маркет Деталь Пак'.split(' ')
const surnames = 'Кузнецов Соколов Лебедев Новиков Морозов Волков Зайцев Павлов Семёнов Голубев'.split(' ')
const names = 'Андрей Сергей Дмитрий Алексей Михаил Николай Евгений Олег Игорь Роман'.split(' ')
const fathers = 'Иванович Петрович Сергеевич Викторович Андреевич Олегович Юрьевич'.split(' ')
const positions = 'Менеджер по закупкам|Снабженец|Начальник отдела снабжения|Коммерческий директор'.split('|')
const boxes = 'zakupki snab torg office1 kom opt sklad otdel1 zakaz2 prod mto tender'.split(' ')

export interface MadeUpCompany {
  name: string
  person: { name: string; position: string }
  inn: string
  kpp: string
  /** A word for the address of mail that no other such client has. */
  box: string
  extension: string
}

/** A company that reads like one and is none. `region`: two digits a ИНН begins with there. */
export function madeUpCompany(region: string): MadeUpCompany {
  const inn = nobodysInn(region)
  return {
    name: `ООО «${pick(starts)}${pick(ends)}»`,
    person: { name: `${pick(surnames)} ${pick(names)} ${pick(fathers)}`, position: pick(positions) },
    inn,
    kpp: `${inn.slice(0, 4)}01001`,
    box: `${pick(boxes)}${randomInt(10, 100)}`,
    extension: String(randomInt(101, 999)),
  }
}

/**
 * An ИНН whose sum holds and that belongs to nobody: its third and fourth digit are the tax office that gave it, and no region has an
 * office 98. Whoever looks it up in the register finds no company; whoever only reads it sees a number of that region.
 */
function nobodysInn(region: string): string {
  const stem = `${region}98${String(randomInt(100_000)).padStart(5, '0')}`
  for (let digit = 0; digit < 10; digit++) if (innHolds(`${stem}${digit}`)) return `${stem}${digit}`
  throw new Error('one of ten digits always holds')
}
