/** What a mail server says became of one recipient (RFC 3464, section 2.3). */
export interface RecipientStatus {
  readonly action: string;
  /** `5.1.1` of RFC 3463; null: none that can be read. */
  readonly status: string | null;
  /** The words of the server that refused it. */
  readonly diagnostic: string | null;
}

/** Anybody can write to an address: whatever is beyond these limits is not read. */
export const MOST_BYTES = 256 * 1024;
const MOST_LINES = 5_000;
const MOST_RECIPIENTS = 20;
const MOST_DEPTH = 4;
const LINE_CHARACTERS = 998;
const TEXT_CHARACTERS = 300;

/**
 * The delivery status of a mail that came back: RFC 3464, a part `message/delivery-status` of a `multipart/report`, at most some levels
 * deep. Empty for whatever else is in a mailbox: answers of people on holiday, advertising, noise. Never throws.
 */
export function readDeliveryStatus(mail: Uint8Array): RecipientStatus[] {
  const lines = Buffer.from(mail.buffer, mail.byteOffset, Math.min(mail.byteLength, MOST_BYTES))
    .toString('latin1')
    .split(/\r\n|\n|\r/, MOST_LINES);
  return statusOf(lines, 0);
}

function statusOf(lines: readonly string[], depth: number): RecipientStatus[] {
  const end = lines.indexOf('');
  if (end < 0 || depth > MOST_DEPTH) return [];
  const type = headersOf(lines.slice(0, end)).get('content-type') ?? 'text/plain';
  const body = lines.slice(end + 1);
  if (/^message\/(?:global-)?delivery-status\b/i.test(type)) return recipientsOf(body);
  // The returned mail itself is a part, too, and may hold what somebody wrote into it: it is not looked into.
  if (!/^multipart\//i.test(type)) return [];
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) return [];
  for (const part of partsOf(body, `--${mark}`)) {
    const found = statusOf(part, depth + 1);
    if (found.length > 0) return found;
  }
  return [];
}

function partsOf(lines: readonly string[], delimiter: string): string[][] {
  const parts: string[][] = [];
  let part: string[] | null = null;
  for (const line of lines) {
    const plain = line.trimEnd();
    if (plain === `${delimiter}--`) break;
    if (plain === delimiter) {
      part = [];
      parts.push(part);
    } else part?.push(line);
  }
  return parts;
}

/** Groups of fields with an empty line between: the first is about the mail, each other one about a recipient. */
function recipientsOf(lines: readonly string[]): RecipientStatus[] {
  const groups: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() !== '') groups.at(-1)?.push(line);
    else if (groups.at(-1)?.length !== 0) groups.push([]);
    if (groups.length > MOST_RECIPIENTS + 1) break;
  }
  return groups.flatMap((group): RecipientStatus[] => {
    const fields = headersOf(group);
    const action = fields.get('action')?.toLowerCase();
    if (action === undefined) return [];
    return [
      {
        action: action.slice(0, 20),
        status: /^([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get('status') ?? '')?.[1] ?? null,
        diagnostic: plainText(fields.get('diagnostic-code')),
      },
    ];
  });
}

/** The first of each name; a line that begins with white space goes on with the one before it (RFC 5322, 2.2.3). */
function headersOf(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  let last: string | null = null;
  for (const line of lines) {
    const text = line.slice(0, LINE_CHARACTERS);
    if (/^[ \t]/.test(text)) {
      const before = last === null ? undefined : headers.get(last);
      if (last !== null && before !== undefined && before.length < LINE_CHARACTERS)
        headers.set(last, `${before} ${text.trim()}`);
      continue;
    }
    const colon = text.indexOf(':');
    const name = text.slice(0, colon).trim().toLowerCase();
    last = colon > 0 && !headers.has(name) ? name : null;
    if (last !== null) headers.set(last, text.slice(colon + 1).trim());
  }
  return headers;
}

/** `smtp; 550 5.1.1 no such user` without the kind, and without what could be more than a line. */
function plainText(field: string | undefined): string | null {
  if (field === undefined) return null;
  return field
    .replace(/^[\w-]{1,20};\s*/, '')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, TEXT_CHARACTERS);
}
