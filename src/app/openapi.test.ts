import { expect, test } from 'vitest'
import { testWorld } from './testing.ts'

const world = testWorld()

test('the description is open to strangers and names every endpoint once', async () => {
  const { status, body } = await world.stranger.get('/openapi.json')
  expect(status).toBe(200)
  expect(body.openapi).toMatch(/^3\.1/)
  const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const routed = world.app.endpoints.map(
    ({ method, path }) => `${method} /api${path.replace(/:(\w+)/g, '{$1}')}`,
  )
  expect(new Set(routed).size).toBe(routed.length)
  expect(described.toSorted()).toEqual([...routed, 'GET /api/health'].toSorted())
})

test('every operation says what it does, declares each parameter of its path and a schema for what it takes and gives', async () => {
  const { body } = await world.stranger.get('/openapi.json')
  for (const [path, operations] of Object.entries(body.paths as Record<string, Record<string, Operation>>)) {
    for (const [method, operation] of Object.entries(operations)) {
      const name = `${method} ${path}`
      expect(operation.summary, name).toMatch(/^\p{Lu}.{3,}/u)
      const inPath = operation.parameters
        .filter((parameter) => parameter.in === 'path')
        .map((parameter) => parameter.name)
      expect(inPath, name).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))
      expect(
        operation.parameters.every(({ schema }) => schema !== undefined),
        name,
      ).toBe(true)
      expect(Object.keys(operation.responses), name).toContain('default')
    }
  }
})

interface Operation {
  summary: string
  parameters: { in: string; name: string; schema?: object }[]
  responses: Record<string, object>
}

test('files are described as files: an upload as a form, a workbook by its type', async () => {
  const { body } = await world.stranger.get('/openapi.json')
  const form = body.paths['/api/imports'].post.requestBody.content['multipart/form-data'].schema
  expect(form.required).toEqual(['file'])
  expect(Object.keys(form.properties).toSorted()).toEqual(['file', 'ownerId'])
  const [type] = Object.keys(body.paths['/api/reports/contact-info.xlsx'].get.responses[200].content)
  expect(type).toContain('spreadsheetml')
})

test('only what must be open to strangers is open', () => {
  expect(
    world.app.endpoints
      .filter(({ open }) => open)
      .map(({ method, path }) => `${method} ${path}`)
      .toSorted(),
  ).toEqual([
    'GET /denials/:token',
    'GET /invitations/:token',
    'GET /provider/return',
    'GET /provider/sign-in',
    'GET /setup',
    'GET /sign-in-ways',
    'POST /denials/:token',
    'POST /invitations/:token/acceptance',
    'POST /session',
    'POST /session/code',
    'POST /session/second-factor',
    'POST /session/second-factor/confirmation',
    'POST /setup',
  ])
})

test('whatever stands in the way of a stranger is 401 before anything else', async () => {
  for (const { method, path, open } of world.app.endpoints) {
    if (open) continue
    const answer = await world.stranger.call(method, path.replace(/:\w+/g, 'x'))
    expect(answer.status, `${method} ${path}`).toBe(401)
    expect(answer.headers['content-type'], `${method} ${path}`).toContain('application/problem+json')
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  }
})

test('what the API does not know is told as a problem, not as a page', async () => {
  for (const method of ['GET', 'POST', 'DELETE']) {
    const { status, headers } = await world.stranger.call(method, '/no-such-thing')
    expect(status).toBe(404)
    expect(headers['content-type']).toContain('application/problem+json')
  }
  const broken = await world.stranger.call('POST', '/session', '{', { 'content-type': 'application/json' })
  expect(broken.status).toBe(400)
  expect(broken.body.title).toBe('Запрос не разобрать: проверьте его формат.')
})
