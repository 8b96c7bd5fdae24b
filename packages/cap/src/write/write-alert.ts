import { type CheckOptions, checkAlert } from '../check.ts';
import { CapError } from '../finding.ts';
import type { Alert, Area, CodedValue, Info, Polygon, Reference, Resource } from '../model.ts';
import { instantOf } from '../time.ts';
import { NAMESPACES, WORDS } from '../vocabulary.ts';

/** What XML 1.0 has no way to write or discourages (2.2): control characters, halves of characters. */
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/u;
const CAP_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/;
const LANGUAGE = /^[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*$/;
const WORD = /^[^\s"]+$/;

/**
 * Writes a message as CAP 1.2, strictly: what breaks the schema or a rule of the standard is not written at all.
 * @returns UTF-8 text with declaration, elements in their order, no spaces between them
 * @throws CapError `not-writable` naming the first rule and the place; `checkAlert` tells all of them
 */
export function writeAlert(alert: Alert, options: CheckOptions = {}): string {
  refuse(alert, options);
  const out = new Writer();
  out.raw(`<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="${NAMESPACES['1.2']}">`);
  out.text('identifier', alert.identifier);
  out.text('sender', alert.sender);
  out.time('sent', alert.sent);
  out.word('status', alert.status, WORDS.status);
  out.word('msgType', alert.msgType, WORDS.msgType);
  out.optional('source', alert.source);
  out.word('scope', alert.scope ?? '', WORDS.scope);
  out.optional('restriction', alert.restriction);
  if (alert.addresses.length > 0) out.text('addresses', wordList(alert.addresses, 'addresses'));
  for (const code of alert.code) out.token('code', code);
  out.optional('note', alert.note);
  if (alert.references.length > 0) out.text('references', alert.references.map(referenceText).join(' '));
  if (alert.incidents.length > 0) out.text('incidents', wordList(alert.incidents, 'incidents'));
  for (const info of alert.info) out.inside('info', () => writeInfo(out, info));
  out.raw('</alert>\n');
  return out.end();
}

function refuse(alert: Alert, options: CheckOptions): void {
  const fault = checkAlert(alert, options).find((one) => one.severity === 'error');
  if (fault) throw new CapError('not-writable', `${fault.rule} at ${fault.path}: ${fault.text}`);
}

function writeInfo(out: Writer, info: Info): void {
  if (info.language !== null) {
    if (!LANGUAGE.test(info.language)) out.fail('language', `${info.language} is no language`);
    out.text('language', info.language);
  }
  if (info.category.length === 0) out.fail('category', 'at least one category');
  for (const one of info.category) out.word('category', one, WORDS.category);
  out.text('event', info.event);
  for (const one of info.responseType) out.word('responseType', one, WORDS.responseType);
  out.word('urgency', info.urgency, WORDS.urgency);
  out.word('severity', info.severity, WORDS.severity);
  out.word('certainty', info.certainty, WORDS.certainty);
  out.optional('audience', info.audience);
  for (const one of info.eventCode) out.coded('eventCode', one);
  for (const name of ['effective', 'onset', 'expires'] as const) {
    const time = info[name];
    if (time !== null) out.time(name, time);
  }
  for (const name of ['senderName', 'headline', 'description', 'instruction'] as const)
    out.optional(name, info[name]);
  if (info.web !== null) out.address('web', info.web);
  out.optional('contact', info.contact);
  for (const one of info.parameter) out.coded('parameter', one);
  for (const one of info.resource) out.inside('resource', () => writeResource(out, one));
  for (const one of info.area) out.inside('area', () => writeArea(out, one));
}

function writeResource(out: Writer, resource: Resource): void {
  out.text('resourceDesc', resource.resourceDesc);
  out.token('mimeType', resource.mimeType ?? '');
  if (resource.size !== null) {
    if (!Number.isSafeInteger(resource.size)) out.fail('size', 'a whole number of bytes');
    out.text('size', String(resource.size));
  }
  if (resource.uri !== null) out.address('uri', resource.uri);
  if (resource.derefUri !== null) out.text('derefUri', resource.derefUri);
  if (resource.digest !== null) out.token('digest', resource.digest);
}

function writeArea(out: Writer, area: Area): void {
  out.text('areaDesc', area.areaDesc);
  for (const one of area.polygon) out.text('polygon', polygonText(one));
  for (const { center, radiusKm } of area.circle)
    out.text('circle', `${decimal(center[0])},${decimal(center[1])} ${decimal(radiusKm)}`);
  for (const one of area.geocode) out.coded('geocode', one);
  if (area.altitude !== null) out.text('altitude', decimal(area.altitude));
  if (area.ceiling !== null) out.text('ceiling', decimal(area.ceiling));
}

/** "21.1,105.7 21.1,105.95 ...", without exponents. */
export function polygonText(polygon: Polygon): string {
  return polygon.map(([latitude, longitude]) => `${decimal(latitude)},${decimal(longitude)}`).join(' ');
}

/** A number as xs:decimal has it: JavaScript's shortest form that reads back as the same number, without an exponent. */
function decimal(value: number): string {
  if (!Number.isFinite(value)) throw new CapError('not-writable', `${value} is no number`);
  const short = String(Object.is(value, -0) ? 0 : value);
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(short) ?? [];
  if (exponent === undefined) return short;
  const shift = Number(exponent);
  const digits = whole + fraction;
  const point = whole.length + shift;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return point >= digits.length
    ? `${sign}${digits}${'0'.repeat(point - digits.length)}`
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** "sender,identifier,sent". */
export function referenceText({ sender, identifier, sent }: Reference): string {
  if (
    sent === null ||
    !CAP_TIME.test(sent) ||
    [sender, identifier].some((one) => one === '' || /[\s,<&]/.test(one))
  )
    throw new CapError('not-writable', `references: ${sender},${identifier},${sent ?? '?'} is no triple`);
  return `${sender},${identifier},${sent}`;
}

function wordList(words: readonly string[], name: string): string {
  return words
    .map((word) => {
      if (word === '' || word.includes('"') || /[\t\n\r]/.test(word))
        throw new CapError('not-writable', `${name}: "${word}" cannot stand in a list`);
      return WORD.test(word) ? word : `"${word}"`;
    })
    .join(' ');
}

class Writer {
  readonly #parts: string[] = [];

  raw(text: string): void {
    this.#parts.push(text);
  }

  end(): string {
    return this.#parts.join('');
  }

  fail(name: string, text: string): never {
    throw new CapError('not-writable', `${name}: ${text}`);
  }

  text(name: string, value: string): void {
    if (UNWRITABLE.test(value)) this.fail(name, 'it holds a character that XML cannot carry');
    this.#parts.push(`<${name}>${escaped(value)}</${name}>`);
  }

  optional(name: string, value: string | null): void {
    if (value !== null) this.text(name, value);
  }

  /** A text that is read without the spaces around it. */
  token(name: string, value: string): void {
    if (value === '' || value !== value.trim()) this.fail(name, 'it is empty or has spaces around it');
    this.text(name, value);
  }

  word(name: string, value: string, words: readonly string[]): void {
    if (!words.includes(value)) this.fail(name, `${value || 'nothing'} is none of ${words.join(', ')}`);
    this.text(name, value);
  }

  time(name: string, value: string): void {
    if (!CAP_TIME.test(value) || instantOf(value) === null || value.endsWith('+00:00'))
      this.fail(name, `${value} is no time of CAP: whole seconds and an offset, UTC as -00:00`);
    this.text(name, value);
  }

  address(name: string, value: string): void {
    if (value === '' || /[<>{}|\\^`"\s]/.test(value)) this.fail(name, `${value} is no address`);
    this.text(name, value);
  }

  coded(name: string, { valueName, value }: CodedValue): void {
    this.inside(name, () => {
      if (valueName !== valueName.trim() || value !== value.trim()) this.fail(name, 'spaces around a code');
      this.text('valueName', valueName);
      this.text('value', value);
    });
  }

  inside(name: string, content: () => void): void {
    this.#parts.push(`<${name}>`);
    content();
    this.#parts.push(`</${name}>`);
  }
}

/** A reader turns a bare carriage return into a line feed: it is written as a character reference. */
function escaped(text: string): string {
  return text.replace(/[&<>\r]/g, (sign) =>
    sign === '\r' ? '&#13;' : sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;',
  );
}
