import { type MessageProblem, REPLAY_WINDOW_SECONDS, type SignatureFault } from '@keng/device-api';
import { Problem } from '@keng/model';

/** What goes back over the wire. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const JSON_HEADERS = { 'content-type': 'application/json' };
const NO_HEADERS = {};

/** What a device that is refused is asked for: RFC 9421, 5.1. */
const ACCEPT_SIGNATURE = 'keng=("@method" "@path" "content-digest");created;nonce;keyid;alg="hmac-sha256"';

export function storedAnswer(now: Date, stored: readonly (string | null)[]): ApiAnswer {
  return { status: 200, headers: JSON_HEADERS, body: JSON.stringify({ now: now.toISOString(), stored }) };
}

export function heartbeatAnswer(now: Date): ApiAnswer {
  return { status: 200, headers: JSON_HEADERS, body: `{"now":"${now.toISOString()}"}` };
}

export function measuredAnswer(now: Date, measured: number): ApiAnswer {
  return { status: 200, headers: JSON_HEADERS, body: JSON.stringify({ now: now.toISOString(), measured }) };
}

/** Values nobody can read are no alarm: nothing of them is stored. */
export function unreadAnswer(problems: readonly MessageProblem[]): ApiAnswer {
  return problemAnswer(
    new Problem(
      422,
      'message.invalid',
      'The message breaks its schema. Nothing of it was stored; correct the device.',
      {
        problems: problems.map((problem) => ({ ...problem })),
      },
    ),
  );
}

export function documentAnswer(document: string): ApiAnswer {
  return { status: 200, headers: JSON_HEADERS, body: document };
}

export function problemAnswer(
  problem: Problem,
  headers: Readonly<Record<string, string>> = NO_HEADERS,
): ApiAnswer {
  return {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: JSON.stringify(problem.toDocument()),
  };
}

/** Nothing was stored: the same message comes again. */
export function unstoredAnswer(): ApiAnswer {
  return problemAnswer(
    new Problem(503, 'storage.unavailable', 'Nothing was acknowledged. Send the same message again.', {
      params: { retryAfterSeconds: 2 },
    }),
    { 'retry-after': '2' },
  );
}

/** It was stored as it came, so that nothing is lost; sending it again changes nothing. */
export function invalidAnswer(now: Date, problems: readonly MessageProblem[]): ApiAnswer {
  return problemAnswer(
    new Problem(
      422,
      'message.invalid',
      'The message breaks its schema. What could be read of it was stored and is shown; do not send it again, correct the device.',
      { params: { now: now.toISOString() }, problems: problems.map((problem) => ({ ...problem })) },
    ),
  );
}

/** The device must learn what to do, and a stranger nothing about which devices there are. */
export function refusedAnswer(
  fault: SignatureFault | 'account-unknown' | 'key-missing' | 'replayed',
  now: Date,
): ApiAnswer {
  return problemAnswer(refusal(fault, now), {
    'accept-signature': ACCEPT_SIGNATURE,
    // RFC 9110 wants a challenge with every 401.
    'www-authenticate': 'Signature realm="device-api"',
  });
}

function refusal(fault: SignatureFault | 'account-unknown' | 'key-missing' | 'replayed', now: Date): Problem {
  switch (fault) {
    case 'outside-window':
      return new Problem(
        401,
        'signature.outside-window',
        `The clock of the device is more than ${REPLAY_WINDOW_SECONDS} s from that of the centre. Set it to \`now\`, sign again and send again.`,
        { params: { now: now.toISOString(), nowSeconds: Math.floor(now.getTime() / 1_000) } },
      );
    case 'digest-wrong':
      return new Problem(
        401,
        'signature.digest-wrong',
        'Content-Digest is not that of the body. Send again.',
      );
    case 'replayed':
      return new Problem(
        401,
        'signature.replayed',
        'This very signature was heard before. Sign each heartbeat anew, with another nonce.',
      );
    case 'account-unknown':
    case 'key-missing':
    case 'signature-wrong':
      return new Problem(
        401,
        'signature.refused',
        'The centre knows no device that signs so. Check account, key and what is signed.',
      );
    default:
      return new Problem(
        401,
        `signature.${fault.replace('signature-', '')}`,
        'Sign with HTTP Message Signatures (RFC 9421) as Accept-Signature says.',
      );
  }
}
