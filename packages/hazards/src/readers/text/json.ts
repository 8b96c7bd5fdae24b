import { ReadError } from '../finding.ts';
import type { ReadLimits } from '../limits.ts';
import { decodeText } from './decode.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * JSON of bounded size and depth. The depth is counted before anything is built.
 * @throws ReadError `too-large`, `not-text`, `too-deep`, `not-json`
 */
export function readJson(source: Uint8Array | string, limits: ReadLimits): unknown {
  const text = decodeText(source, limits);
  checkDepth(text, limits.depth);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ReadError('not-json', `it is no JSON: ${(cause as Error).message.slice(0, 120)}`, 0, { cause });
  }
}

function checkDepth(text: string, most: number): void {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) at = endOfString(text, at);
    else if (sign === 0x7b || sign === 0x5b) {
      depth += 1;
      if (depth > most) throw new ReadError('too-deep', `more than ${most} levels inside each other`);
    } else if (sign === 0x7d || sign === 0x5d) depth -= 1;
  }
}

/** indexOf runs in the engine's own code: most of a feed is text, and most text has no backslash. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

/** An object of JSON that is no array; null otherwise. */
export function objectOf(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

export function arrayOf(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null;
}

/** An own property: what a feed puts under `__proto__` or `constructor` is never taken for one of ours. */
export function own(object: JsonObject | null, name: string): unknown {
  return object !== null && Object.hasOwn(object, name) ? object[name] : undefined;
}

export function textAt(object: JsonObject | null, name: string): string | null {
  const value = own(object, name);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
