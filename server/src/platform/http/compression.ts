import { Readable } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const leastBytes = 8 * 1024;
const compressible =
  /^(?:application\/(?:[a-z.+-]*json|javascript|manifest)|text\/(?!event-stream)|image\/svg)/;

/**
 * The snapshot of a busy desk is 40 MB of JSON, which shrinks to a twentieth. A stream of unknown length comes in parts that somebody
 * waits for: each leaves as soon as it is compressed.
 */
export function addCompression(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload: unknown) => {
    if (!worthwhile(request, reply, payload)) return payload;
    reply.header('vary', 'accept-encoding');
    const encoding = chooseEncoding(request.headers['accept-encoding']);
    if (encoding === null) return payload;
    reply.header('content-encoding', encoding);
    const known = reply.hasHeader('content-length');
    reply.removeHeader('content-length');
    const source = payload instanceof Readable ? payload : Readable.from([payload]);
    const inParts = payload instanceof Readable && !known;
    const compressor =
      encoding === 'br'
        ? createBrotliCompress(inParts ? { ...BROTLI, flush: constants.BROTLI_OPERATION_FLUSH } : BROTLI)
        : createGzip(inParts ? { level: 1, flush: constants.Z_SYNC_FLUSH } : { level: 1 });
    // Whichever side breaks takes the other with it; fastify reports an error of the stream it sends.
    source.on('error', (error) => compressor.destroy(error));
    compressor.on('close', () => source.destroy());
    return source.pipe(compressor);
  });
}

/** Quality 1 of 11: on this data as small as gzip's best at the speed of its fastest. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

function worthwhile(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): payload is string | Buffer | Readable {
  if (request.method !== 'GET' || reply.statusCode !== 200 || reply.hasHeader('content-encoding'))
    return false;
  if (!compressible.test(String(reply.getHeader('content-type') ?? ''))) return false;
  if (typeof payload === 'string' || Buffer.isBuffer(payload)) return payload.length > leastBytes;
  return payload instanceof Readable && Number(reply.getHeader('content-length') ?? Infinity) > leastBytes;
}

/** RFC 9110, section 12.5.3, for the two encodings there are; `q=0` refuses one. */
export function chooseEncoding(accept: string | string[] | undefined): 'br' | 'gzip' | null {
  const accepted = new Map<string, number>();
  for (const part of String(accept ?? '')
    .toLowerCase()
    .split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    const quality = parameters.find((text) => text.startsWith('q='))?.slice(2);
    accepted.set(name, quality === undefined ? 1 : Number(quality));
  }
  for (const encoding of ['br', 'gzip'] as const) {
    if ((accepted.get(encoding) ?? accepted.get('*') ?? 0) > 0) return encoding;
  }
  return null;
}
