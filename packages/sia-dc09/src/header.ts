import { HASH, isDigit, isHexDigit, QUOTE, STAR } from './ascii.ts';

/** The plain part of a body: `"token" seq Rrcvr Lpref #acct`. Never encrypted. */
export interface Header {
  /** Without the star. */
  readonly token: string;
  readonly encrypted: boolean;
  /** Everything between the token's closing quote and `[`, as sent: the answer echoes it exactly. */
  readonly echo: string;
  /** Four digits; empty when what stands there is no sequence number. */
  readonly sequence: string;
  /** Digits behind R; null when the field is absent. */
  readonly receiver: string | null;
  /** Digits behind L, empty when L stands alone; null when the field is absent. */
  readonly line: string | null;
  readonly account: string | null;
  /** Something in the header that fits no field. */
  readonly hasRest: boolean;
  /** Offset of the first character behind `[`. */
  readonly contentStart: number;
}

/** Longest real token is 7 characters, longest header 34: anything far beyond is no DC-09 frame. */
const maximumToken = 24;
const maximumHeader = 100;

/** Reads the header of a body (one character a byte); null when token or bracket cannot be found. */
export function readHeader(body: string): Header | null {
  if (body.charCodeAt(0) !== QUOTE) return null;
  const encrypted = body.charCodeAt(1) === STAR;
  const tokenStart = encrypted ? 2 : 1;
  const tokenEnd = findWithin(body, QUOTE, tokenStart, maximumToken);
  if (tokenEnd <= tokenStart) return null;
  const open = findWithin(body, 0x5b, tokenEnd + 1, maximumHeader);
  if (open < 0) return null;
  const start = tokenEnd + 1;
  let at = start;
  while (at < open && at < start + 4 && isDigit(body.charCodeAt(at))) at++;
  const sequence = at === start + 4 ? body.slice(start, at) : '';
  let receiver: string | null = null;
  if (body.charAt(at) === 'R') {
    const end = hexEnd(body, at + 1, open);
    receiver = body.slice(at + 1, end);
    at = end;
  }
  let line: string | null = null;
  if (body.charAt(at) === 'L') {
    const end = hexEnd(body, at + 1, open);
    line = body.slice(at + 1, end);
    at = end;
  }
  // The account is found behind an odd field too: it names the panel and decides whether a key is due.
  const hash = findWithin(body, HASH, at, open - at);
  const account = hash >= 0 && hash + 1 < open ? body.slice(hash + 1, open) : null;
  return {
    token: body.slice(tokenStart, tokenEnd),
    encrypted,
    echo: body.slice(start, open),
    sequence,
    receiver,
    line,
    account,
    hasRest: hash < 0 ? at < open : hash > at,
    contentStart: open + 1,
  };
}

function findWithin(body: string, wanted: number, from: number, limit: number): number {
  const end = Math.min(body.length, from + limit);
  for (let at = from; at < end; at++) if (body.charCodeAt(at) === wanted) return at;
  return -1;
}

function hexEnd(body: string, from: number, end: number): number {
  let at = from;
  while (at < end && isHexDigit(body.charCodeAt(at))) at++;
  return at;
}
