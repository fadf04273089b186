import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** Styles that the page makes itself carry it; of this answer alone. */
    styleNonce: string | null
  }
}

/** A year; not for subdomains, which are not ours to promise for. */
const hsts = 'max-age=31536000'
const unused = [
  'camera',
  'microphone',
  'geolocation',
  'payment',
  'usb',
  'serial',
  'hid',
  'midi',
  'display-capture',
]
const permissionsPolicy = unused.map((feature) => `${feature}=()`).join(', ')

/** What a browser is told of every answer. Files of clients bring a stricter policy of their own. */
export function securityHeaders(app: FastifyInstance) {
  app.decorateRequest('styleNonce', null)
  app.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'same-origin')
    reply.header('permissions-policy', permissionsPolicy)
    reply.header('cross-origin-resource-policy', 'same-origin')
    if (request.protocol === 'https') reply.header('strict-transport-security', hsts)
    // Over plain http on the office network browsers ignore it and complain.
    if (request.protocol === 'https' || isLocal(request))
      reply.header('cross-origin-opener-policy', 'same-origin')
    if (!reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', contentSecurityPolicy(request.styleNonce))
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store')
    done()
  })
}

const isLocal = ({ hostname }: FastifyRequest) => hostname === 'localhost' || hostname === '127.0.0.1'

/**
 * Scripts and styles are files of our own; nothing inline but styles with this answer's nonce. Pictures made on the page (a QR code, a
 * preview) come as data: and blob:, previews of files in a frame.
 */
const contentSecurityPolicy = (nonce: string | null) =>
  [
    `default-src 'self'`,
    `script-src 'self'`,
    `style-src 'self'${nonce ? ` 'nonce-${nonce}'` : ''}`,
    `img-src 'self' data: blob:`,
    `font-src 'self' data:`,
    `frame-src 'self' blob:`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')

const place = /__STYLE_NONCE__/g

/** The page, with a nonce of its own for the styles its components make. */
export function sendPage(page: string, request: FastifyRequest, reply: FastifyReply) {
  request.styleNonce = randomBytes(16).toString('base64url')
  return reply
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page.replace(place, request.styleNonce))
}
