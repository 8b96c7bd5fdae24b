import { BAR, CLOSE, HASH, OPEN } from './ascii.ts';
import { decodeText } from './text.ts';
import { type Timestamp, timestampAt, timestampLength } from './timestamp.ts';

export interface XData {
  /** The identifying letter; `xdataFields` names it. */
  readonly id: string;
  readonly text: string;
}

/** Everything behind the opening bracket: data, x-data, timestamp. Strings have one character a byte. */
export interface Content {
  readonly data: string;
  /** Account inside the data: empty when nothing stands before the bar, null when there is no such field. */
  readonly dataAccount: string | null;
  /** Offset in `data` where the blocks begin. */
  readonly blocksStart: number;
  readonly xdata: readonly XData[];
  /** Data and x-data as sent, without the timestamp: what a retry has in common with its first try. */
  readonly stable: string;
  readonly timestamp: Timestamp | null;
  /** What fits nothing, as sent. */
  readonly rest: string;
  /** The whole text was `data ] [xdata]* timestamp?`, with nothing left over. */
  readonly wellFormed: boolean;
}

/** Names of the x-data fields (handbook 2.9). Coordinates stay text: degrees, letter, minutes. */
export const xdataFields: Readonly<Record<string, string>> = {
  A: 'authentication hash',
  C: 'supervision category',
  H: 'time of occurrence',
  I: 'alarm text',
  J: 'network path',
  K: 'key exchange',
  L: 'location',
  M: 'MAC address',
  N: 'network address',
  O: 'building',
  P: 'programming',
  R: 'room',
  S: 'site',
  T: 'alarm trigger',
  V: 'verification (URL)',
  X: 'longitude',
  Y: 'latitude',
  Z: 'altitude',
};

const noXData: readonly XData[] = Object.freeze([]);

/** Reads the content of `text` from `start` on. Tolerant: what is not understood lands in `rest`. */
export function readContent(text: string, start: number): Content {
  const timestamp = timestampAt(text, text.length - timestampLength);
  const end = timestamp === null ? text.length : Math.max(start, text.length - timestampLength);
  const close = text.indexOf(']', start);
  const closed = close >= 0 && close < end;
  const dataEnd = closed ? close : end;
  const data = text.slice(start, dataEnd);
  let at = closed ? close + 1 : end;
  let xdata = noXData;
  if (text.charCodeAt(at) === OPEN && at < end) {
    const blocks: XData[] = [];
    at = readXData(text, at, end, blocks);
    xdata = blocks;
  }
  const bar = data.indexOf('|');
  const head = bar < 0 ? data.length : bar;
  const dataAccount = accountOf(data, head);
  return {
    data,
    dataAccount,
    blocksStart: dataAccount === null ? 0 : head + 1,
    xdata,
    stable: text.slice(start, end),
    timestamp,
    rest: text.slice(at, end),
    wellFormed: closed && at === end,
  };
}

function readXData(text: string, from: number, end: number, blocks: XData[]): number {
  let at = from;
  while (at < end && text.charCodeAt(at) === OPEN) {
    const close = text.indexOf(']', at + 1);
    if (close < 0 || close >= end || close === at + 1) break;
    blocks.push({ id: text.charAt(at + 1), text: decodeText(text.slice(at + 2, close)) });
    at = close + 1;
  }
  return at;
}

function accountOf(data: string, head: number): string | null {
  if (data.charCodeAt(0) === HASH) return data.slice(1, head);
  return head === 0 && data.charCodeAt(0) === BAR ? '' : null;
}

/**
 * Finds the content in a decrypted text: 1..16 padding characters, none of `[ ] |`, then a bar, or the
 * closing bracket at once (Hikvision). Returns the offset for `readContent`, -1 when the text has another form.
 */
export function contentBehindPadding(plain: string): number {
  for (let at = 0; at < plain.length && at <= 16; at++) {
    const code = plain.charCodeAt(at);
    if (code === BAR) return at > 0 ? at + 1 : -1;
    if (code === CLOSE) return at > 0 ? at : -1;
    if (code === OPEN) return -1;
  }
  return -1;
}

/** True when decrypted content can be what a panel wrote, and not noise of a wrong key that looks like it. */
export function isPlausible(content: Content): boolean {
  if (!content.wellFormed || content.data.includes('[')) return false;
  // With a timestamp the form alone is proof enough; without one, noise may end in a bracket by chance.
  return content.timestamp !== null || !hasControl(content.stable);
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}
