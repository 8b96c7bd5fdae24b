import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Features no page of the console needs are off for it and for whatever it might be tricked into embedding. */
const PERMISSIONS = [
  'geolocation=(self)',
  'fullscreen=(self)',
  'autoplay=(self)',
  'accelerometer=()',
  'bluetooth=()',
  'camera=()',
  'display-capture=()',
  'gyroscope=()',
  'hid=()',
  'magnetometer=()',
  'microphone=()',
  'midi=()',
  'payment=()',
  'publickey-credentials-get=(self)',
  'serial=()',
  'usb=()',
].join(', ');

export async function addSecurityHeaders(
  app: FastifyInstance,
  options: { readonly tls: boolean },
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        // The map library starts its worker from a blob.
        workerSrc: ["'self'", 'blob:'],
        childSrc: ["'self'", 'blob:'],
        // The component library positions with inline style attributes; styles cannot run code.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        mediaSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        manifestSrc: ["'self'"],
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // Over plain HTTP browsers ignore it, and a centre that is tried without TLS must not lock its host name to HTTPS.
    hsts: options.tls ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
  app.addHook('onRequest', async (_request, reply) => {
    // On the raw answer, as helmet does it: streams that write their own head keep them.
    reply.raw.setHeader('permissions-policy', PERMISSIONS);
  });
}
