import { z } from 'zod'
import type { Endpoint } from '#shared/endpoint.ts'

/** OpenAPI 3.1 of the routed endpoints, written from their contracts. */
export function openApiOf(endpoints: readonly Endpoint[], version: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const endpoint of endpoints) {
    const path = `/api${endpoint.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Kartoteka', version },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'kartoteka' },
      },
    },
    security: [{ bearer: [] }, { cookie: [] }],
    paths: { '/api/health': { get: health }, ...paths },
  }
}

const health = {
  summary: 'Whether the product answers: 503 until the base is migrated, and while the database is away',
  security: [],
  parameters: [],
  responses: { 200: { description: 'Up' }, default: { description: 'Not up' } },
}

type JsonSchema = { properties?: Record<string, unknown>; required?: string[]; [key: string]: unknown }

function operationOf(endpoint: Endpoint) {
  const input = schemaOf(endpoint.input, 'input')
  const properties = input.properties ?? {}
  const required = new Set(input.required)
  const inPath = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]!)
  const rest = Object.keys(properties).filter((key) => !inPath.includes(key))
  const inQuery = endpoint.method === 'GET' || endpoint.method === 'DELETE' ? rest : []
  const body = endpoint.method === 'GET' || endpoint.method === 'DELETE' ? [] : rest
  const output = endpoint.output instanceof z.ZodVoid ? undefined : schemaOf(endpoint.output, 'output')
  return {
    summary: endpoint.summary,
    ...(endpoint.open && { security: [] }),
    parameters: [
      ...inPath.map((name) => ({
        name,
        in: 'path',
        required: true,
        schema: properties[name] ?? { type: 'string' },
      })),
      ...inQuery.map((name) => ({
        name,
        in: 'query',
        required: required.has(name),
        schema: properties[name],
      })),
    ],
    ...(endpoint.upload && {
      requestBody: {
        required: true,
        content: { 'multipart/form-data': { schema: formOf(endpoint.upload) } },
      },
    }),
    ...(body.length > 0 && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              ...input,
              properties: Object.fromEntries(body.map((key) => [key, properties[key]])),
              required: body.filter((key) => required.has(key)),
            },
          },
        },
      },
    }),
    responses: {
      [output ? endpoint.status : endpoint.status === 200 ? 204 : endpoint.status]: {
        description: 'Success',
        ...(output && { content: contentOf(endpoint, output) }),
      },
      default: {
        description: 'Problem (RFC 9457)',
        content: { 'application/problem+json': { schema: problem } },
      },
    },
  }
}

/** The file, or several under the same name, beside the fields. */
function formOf(fields: z.ZodObject): JsonSchema {
  const { properties, required, ...form } = schemaOf(fields, 'input')
  const file = { type: 'string', contentMediaType: 'application/octet-stream' }
  return { ...form, properties: { ...properties, file }, required: [...(required ?? []), 'file'] }
}

/** What is no JSON leaves as a file. */
function contentOf(endpoint: Endpoint, schema: JsonSchema) {
  if (endpoint.stream) return { 'text/event-stream': {} }
  if (!(endpoint.output instanceof z.ZodAny)) return { 'application/json': { schema } }
  const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { [endpoint.path.endsWith('.xlsx') ? workbook : 'application/octet-stream']: {} }
}

const text = { type: 'string' }
const problem = {
  type: 'object',
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    errors: { type: 'array', items: { type: 'object', properties: { path: text, message: text } } },
  },
  required: ['type', 'title', 'status'],
}

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return json as JsonSchema
}
