import { isIP } from 'node:net';
import { conflict } from '@keng/model';
import type { RequestContext } from '../platform/http/index.ts';

/** Under which name browsers know this centre: keys are made for it and work nowhere else. */
export interface Site {
  /** The relying party id of WebAuthn: a host name. */
  readonly name: string;
  /** What a browser says its page comes from. */
  readonly origin: string;
}

/**
 * From `--public-url`; without one from the Host header, which the browser checks for us: it makes and uses a key only for the
 * name of the page it shows.
 * @throws Problem `passkey.needs-name` where the page is reached by a bare address: WebAuthn knows names only.
 */
export function siteOf(publicUrl: string | null, context: RequestContext): Site {
  const url = new URL(originOf(publicUrl, context));
  const name = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(name) !== 0) {
    throw conflict(
      'passkey.needs-name',
      'Keys work only where the centre is reached by a name (or as localhost), not by a bare address.',
      { address: name },
    );
  }
  return { name, origin: url.origin };
}

/** Scheme, name and port under which this browser reaches the centre. */
export function originOf(publicUrl: string | null, context: RequestContext): string {
  const { protocol, headers } = context.request;
  return new URL(publicUrl ?? `${protocol}://${headers.host ?? 'localhost'}`).origin;
}
