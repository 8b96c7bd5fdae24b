import fs from 'node:fs';
import path from 'node:path';
import staticFiles from '@fastify/static';
import { Problem } from '@keng/model';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** The built console: files whose name holds their hash are kept for ever, the page itself is asked for each time. */
export async function addConsole(app: FastifyInstance, folder: string | undefined): Promise<void> {
  const page = folder === undefined ? undefined : path.join(folder, 'index.html');
  const built = page !== undefined && fs.existsSync(page);
  if (built) {
    await app.register(staticFiles, {
      root: path.resolve(folder ?? ''),
      prefix: '/',
      dotfiles: 'deny',
      // Set below, by name.
      cacheControl: false,
      setHeaders: (reply, file) => {
        const hashed = path.basename(path.dirname(file)) === 'assets';
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    if (!isNavigation(request)) {
      throw new Problem(
        404,
        'route.not-found',
        `There is no ${request.method} ${request.url.split('?')[0] ?? ''}.`,
      );
    }
    if (!built) throw new Problem(404, 'console.not-built', 'The console is not built: run "npm run build".');
    return await sendPage(reply);
  });
}

async function sendPage(reply: FastifyReply): Promise<FastifyReply> {
  return await reply.sendFile('index.html');
}

/** A browser that opens /desk or /owner/abc gets the console, which knows its own pages. */
function isNavigation(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const [pathname = '/'] = request.url.split('?');
  if (pathname === '/api' || pathname.startsWith('/api/')) return false;
  if (path.extname(pathname) !== '') return false;
  return (request.headers.accept ?? '').includes('text/html');
}
