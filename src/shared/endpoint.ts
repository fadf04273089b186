import { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** `card`: one client; `list` and `report`: rows; `file`: something attached. */
export type Reads = 'list' | 'card' | 'report' | 'file'

export interface Endpoint<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  method: Method
  /** Below /api, with `:name` for every path parameter; the parameter is a key of `input` too. */
  path: string
  /** Path, query and body as one flat object. */
  input: Input
  output: Output
  /** Status of success: 200 unless told. */
  status: number
  /** Callable without signing in. */
  open: boolean
  /** About the caller's own account and no client: refused to a head who looks through his eyes. */
  personal?: boolean
  /** The one act open to who looks through another's eyes. */
  endsLook?: boolean
  /** Fields that come beside the part `file` of multipart/form-data; without it the body is JSON. */
  upload?: z.ZodObject
  /** Takes a body of up to 20 MB instead of one: many rows in one call. */
  largeBody?: boolean
  /** Answers with Server-Sent Events that go on until somebody ends them. */
  stream?: boolean
  /** What of clients' data a call reads: it is counted by the row, and beyond the day's measure it is an export. */
  reads?: Reads
  /** One sentence for the OpenAPI description. */
  summary: string
}

interface Declaration<Input extends z.ZodType, Output extends z.ZodType> {
  method: Method
  path: string
  summary: string
  input?: Input
  output?: Output
  status?: number
  open?: boolean
  personal?: boolean
  endsLook?: boolean
  upload?: z.ZodObject
  largeBody?: boolean
  stream?: boolean
  reads?: Reads
}

/** Declares one HTTP call once for both sides: the server routes by it, the browser calls by it, OpenAPI is written from it. */
export function endpoint<
  Input extends z.ZodType = z.ZodObject<Record<never, never>>,
  Output extends z.ZodType = z.ZodVoid,
>(declaration: Declaration<Input, Output>): Endpoint<Input, Output> {
  return {
    input: z.object({}) as unknown as Input,
    output: z.void() as unknown as Output,
    status: 200,
    open: false,
    ...declaration,
  }
}

export type InputOf<E extends Endpoint> = z.input<E['input']>
export type OutputOf<E extends Endpoint> = z.output<E['output']>

/** A list in a query string, `kinds=phone,email` or the key repeated. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (given) => (typeof given === 'string' ? given.split(',').filter((part) => part !== '') : given),
    z.array(item),
  )

/** A page of a keyset-paged list; `nextCursor` is null on the last page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })
