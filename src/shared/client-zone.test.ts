import { describe, expect, test } from 'vitest'
import { zoneOfClient } from './client-zone.ts'
import { isTimeZone } from './time-zone.ts'

const nothing = { timeZone: null, region: null, phone: null }

describe('the clock of a client', () => {
  test.each([
    ['Камчатский край', 'Asia/Kamchatka'],
    ['Хабаровск', 'Asia/Vladivostok'],
    ['г. Екатеринбург', 'Asia/Yekaterinburg'],
    ['Республика Саха (Якутия)', 'Asia/Yakutsk'],
    ['Алтайский край', 'Asia/Barnaul'],
    ['Омская область', 'Asia/Omsk'],
    ['Томская обл.', 'Asia/Tomsk'],
    ['Москва', 'Europe/Moscow'],
    ['Тюмень', 'Asia/Yekaterinburg'],
    ['Орёл', 'Europe/Moscow'],
    ['Оренбургская область', 'Asia/Yekaterinburg'],
    ['Нижегородская область', 'Europe/Moscow'],
    ['Атлантида', null],
  ])('region %s: %s', (region, zone) => {
    expect(zoneOfClient({ ...nothing, region })).toBe(zone)
  })

  test.each([
    ['+74152000001', 'Asia/Kamchatka'],
    ['+74950000001', 'Europe/Moscow'],
    ['+78120000001', 'Europe/Moscow'],
    ['+73432000001', 'Asia/Yekaterinburg'],
    ['+77270000001', 'Asia/Almaty'],
    ['+375170000001', 'Europe/Minsk'],
    ['+79160000001', null],
    ['+78000000001', null],
    ['12', null],
  ])('phone %s: %s', (phone, zone) => {
    expect(zoneOfClient({ ...nothing, phone })).toBe(zone)
  })

  test('what a person said goes before the region, the region before the phone', () => {
    expect(zoneOfClient({ timeZone: 'Asia/Tokyo', region: 'Камчатский край', phone: '+74950000001' })).toBe(
      'Asia/Tokyo',
    )
    expect(zoneOfClient({ timeZone: null, region: 'Камчатский край', phone: '+74950000001' })).toBe(
      'Asia/Kamchatka',
    )
  })

  test('every clock it may answer is one', () => {
    for (const region of ['Калининград', 'Самара', 'Саратов', 'Ульяновск', 'Астрахань', 'Магадан', 'Чукотка'])
      expect(isTimeZone(zoneOfClient({ ...nothing, region })!), region).toBe(true)
  })
})
