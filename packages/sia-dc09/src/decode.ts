import { isLower } from './ascii.ts';
import { decryptHex } from './cipher.ts';
import { readContactIdPayload } from './contact-id-payload.ts';
import { type Content, contentBehindPadding, isPlausible, readContent } from './content.ts';
import type { Dc09Quirk, Dc09Reason, DecodedFrame, Verdict } from './decoded-frame.ts';
import { emptyPayload, type Payload } from './event.ts';
import { type Header, readHeader } from './header.ts';
import type { FrameKey } from './key.ts';
import { bodyText, type RawFrame } from './raw-frame.ts';
import { decodeText } from './text.ts';
import { readTextPayload } from './text-payload.ts';
import { isoTime } from './timestamp.ts';

/** Age of an encrypted frame, in whole seconds by the receiver's clock, both limits included. */
export interface TimeWindow {
  readonly oldestSeconds: number;
  readonly futureSeconds: number;
}

/** Handbook 2.5: 40 s old to 20 s in the future. */
export const defaultWindow: TimeWindow = Object.freeze({ oldestSeconds: 40, futureSeconds: 20 });

export interface DecodeContext {
  /** The receiver's clock, milliseconds since 1970: it is authoritative for encrypted frames. */
  readonly nowMs: number;
  /** Key the receiver holds for this account, undefined when the account has none or is unknown. */
  readonly keyFor: (account: string) => FrameKey | undefined;
  /** -40 s .. +20 s unless told. */
  readonly window?: TimeWindow;
}

const answerTokens: ReadonlySet<string> = new Set(['ACK', 'NAK', 'DUH', 'RSP']);
const supportedTokens: ReadonlySet<string> = new Set(['SIA-DCS', 'ADM-CID', 'NULL']);

interface Judgement {
  readonly verdict: Verdict;
  readonly reason?: Dc09Reason;
}

const acknowledged: Judgement = { verdict: 'ack' };

function silent(reason: Dc09Reason): Judgement {
  return { verdict: 'silent', reason };
}

/** Content of a frame, or the reason why there is none. */
interface Opened {
  readonly content: Content | null;
  readonly reason?: Dc09Reason;
}

/**
 * Decodes one frame and says what to do with it, in the order of checks of handbook section 1. It keeps no
 * state and never throws on any bytes. Refused frames are decoded too, where their text can be read, so that
 * they can be shown: a fire from a wrongly configured panel is still a fire.
 *
 * Whether the account is known at all, and whether the frame is a retry, is the caller's to decide.
 * @throws Dc09KeyError when `keyFor` gives a key that is no AES key
 */
export function decodeFrame(raw: RawFrame, context: DecodeContext): DecodedFrame {
  const body = bodyText(raw);
  const header = readHeader(body);
  if (header === null) return unreadableFrame(raw);
  const opened = openContent(raw, body, header, context);
  const identity = header.account ?? (opened.content?.dataAccount || null);
  const judgement = judge(raw, header, opened, identity, context);
  return describe(raw, header, opened.content, identity, judgement);
}

function openContent(raw: RawFrame, body: string, header: Header, context: DecodeContext): Opened {
  if (!header.encrypted) return { content: readContent(body, header.contentStart) };
  // Damaged ciphertext is not tried: its plaintext could only be noise.
  if (!(raw.crcOk && raw.lengthOk)) return { content: null };
  const key = header.account === null ? undefined : context.keyFor(header.account);
  if (key === undefined) return { content: null, reason: 'key-missing' };
  const plain = decryptHex(body.slice(header.contentStart), key);
  if (plain === null) return { content: null, reason: 'ciphertext-not-whole-blocks' };
  const start = contentBehindPadding(plain);
  if (start < 0) return { content: null, reason: 'key-mismatch' };
  const content = readContent(plain, start);
  if (!isPlausible(content)) return { content: null, reason: 'key-mismatch' };
  if (content.dataAccount && !sameAccount(content.dataAccount, header.account)) {
    return { content: null, reason: 'inner-account-differs' };
  }
  return { content };
}

function sameAccount(inner: string, outer: string | null): boolean {
  return outer !== null && (inner === outer || inner.toUpperCase() === outer.toUpperCase());
}

function judge(
  raw: RawFrame,
  header: Header,
  opened: Opened,
  identity: string | null,
  context: DecodeContext,
): Judgement {
  if (!raw.crcOk) return silent('crc-wrong');
  if (!raw.lengthOk) return silent('length-wrong');
  if (answerTokens.has(header.token)) return { verdict: 'answer-frame', reason: 'answer-token' };
  if (opened.reason !== undefined) return silent(opened.reason);
  if (header.encrypted) {
    const late = outsideWindow(opened.content, context);
    if (late !== null) return { verdict: 'nak', reason: late };
  } else if (identity !== null && context.keyFor(identity) !== undefined) {
    return silent('plain-from-keyed-account');
  }
  return supportedTokens.has(header.token) ? acknowledged : { verdict: 'duh', reason: 'token-unsupported' };
}

/** Only encrypted frames are judged by their time; plain ones are never refused for it (handbook 2.5). */
function outsideWindow(content: Content | null, context: DecodeContext): Dc09Reason | null {
  const timestamp = content?.timestamp ?? null;
  if (timestamp === null) return 'timestamp-missing';
  // The form is right but it is no date (month 00): the panel has a clock to correct, so NAK helps it.
  if (timestamp.ms === null) return 'timestamp-outside-window';
  const window = context.window ?? defaultWindow;
  // Timestamps have whole seconds, so ages do too: 40.9 s by the millisecond is still 40 s old.
  const age = Math.floor(context.nowMs / 1_000) - timestamp.ms / 1_000;
  return age > window.oldestSeconds || -age > window.futureSeconds ? 'timestamp-outside-window' : null;
}

function describe(
  raw: RawFrame,
  header: Header,
  content: Content | null,
  identity: string | null,
  { verdict, reason }: Judgement,
): DecodedFrame {
  const payload = readPayload(header.token, content);
  const timestamp = content?.timestamp ?? null;
  const isEvent = verdict === 'ack' && header.token !== 'NULL';
  return {
    verdict,
    ...(reason === undefined ? undefined : { reason }),
    crcForm: raw.crcForm,
    crcOk: raw.crcOk,
    lengthOk: raw.lengthOk,
    quirks: quirksOf(raw, header),
    token: header.token,
    encrypted: header.encrypted,
    authenticated: header.encrypted && content !== null,
    sequence: header.sequence,
    receiver: header.receiver,
    line: header.line,
    account: header.account,
    identity,
    header: header.echo,
    data: content === null ? null : decodeText(content.data),
    dataAccount: content === null ? null : content.dataAccount,
    modifiers: payload.modifiers,
    events: payload.events,
    newEvents: isEvent ? Math.max(1, payload.events.length) : 0,
    xdata: content === null ? [] : content.xdata,
    unparsed:
      content && content.rest !== '' ? [...payload.unparsed, decodeText(content.rest)] : payload.unparsed,
    timestamp: timestamp === null || timestamp.ms === null ? null : isoTime(timestamp.text),
    timestampMs: timestamp === null ? null : timestamp.ms,
    timestampText: timestamp === null ? null : timestamp.text,
    content: content === null ? null : content.stable,
  };
}

/** A NULL raises nothing, even with a block that looks like Contact ID (Hikvision). */
function readPayload(token: string, content: Content | null): Payload {
  if (content === null) return emptyPayload;
  if (token === 'SIA-DCS') return readTextPayload(content.data, content.blocksStart);
  if (token === 'ADM-CID') return readContactIdPayload(content.data, content.blocksStart);
  return emptyPayload;
}

function quirksOf(raw: RawFrame, header: Header | null): readonly Dc09Quirk[] {
  const quirks: Dc09Quirk[] = [];
  if (raw.countsCr) quirks.push('crc-and-length-include-cr');
  if (raw.crcForm === 'binary') quirks.push('binary-crc');
  else if (hasLowerCase(raw.bytes, 1)) quirks.push('lower-case-crc');
  if (hasLowerCase(raw.bytes, raw.bodyStart - 4)) quirks.push('lower-case-length');
  if (header !== null) {
    if (header.sequence === '') quirks.push('sequence-unreadable');
    // Answers have their own form (`0000R0L0A0`), which is no deviation.
    if (!answerTokens.has(header.token)) {
      if (header.line === null) quirks.push('no-line-field');
      if (header.account === null) quirks.push('no-header-account');
    }
    if (header.line === '') quirks.push('line-without-digits');
    if (header.hasRest) quirks.push('header-rest');
  }
  if (raw.trailingNul) quirks.push('trailing-nul');
  return quirks;
}

function hasLowerCase(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at < from + 4; at++) if (isLower(bytes[at] ?? 0)) return true;
  return false;
}

function unreadableFrame(raw: RawFrame): DecodedFrame {
  const reason: Dc09Reason = raw.crcOk ? (raw.lengthOk ? 'header-unreadable' : 'length-wrong') : 'crc-wrong';
  return {
    verdict: 'silent',
    reason,
    crcForm: raw.crcForm,
    crcOk: raw.crcOk,
    lengthOk: raw.lengthOk,
    quirks: quirksOf(raw, null),
    token: '',
    encrypted: false,
    authenticated: false,
    sequence: '',
    receiver: null,
    line: null,
    account: null,
    identity: null,
    header: '',
    data: null,
    dataAccount: null,
    modifiers: emptyPayload.modifiers,
    events: emptyPayload.events,
    newEvents: 0,
    xdata: [],
    unparsed: [],
    timestamp: null,
    timestampMs: null,
    timestampText: null,
    content: null,
  };
}
