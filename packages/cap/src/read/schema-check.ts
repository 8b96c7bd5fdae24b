import type { Finding } from '../finding.ts';
import type { CapVersion } from '../model.ts';
import {
  type ElementRule,
  NAMESPACES,
  SCHEMAS,
  SIGNATURE_NAMESPACE,
  type SimpleType,
} from '../vocabulary.ts';
import type { XmlElement } from '../xml/tree.ts';

/**
 * What the schema of a version says against a message: order, number, words, times, namespaces. Gives the verdict of the XSD: an
 * empty answer is `valid`. All findings are errors named `schema.*`.
 */
export function checkSchema(alert: XmlElement, version: CapVersion, path = 'alert'): Finding[] {
  const findings: Finding[] = [];
  const check = new SchemaCheck(version, findings);
  check.children(alert, SCHEMAS[version], path, version === '1.2');
  return findings;
}

class SchemaCheck {
  readonly #uri: string;
  readonly #findings: Finding[];

  constructor(version: CapVersion, findings: Finding[]) {
    this.#uri = NAMESPACES[version];
    this.#findings = findings;
  }

  children(parent: XmlElement, rules: readonly ElementRule[], path: string, signed: boolean): void {
    this.#attributes(parent, path);
    if (parent.text.trim() !== '')
      this.#say('schema.text', parent, path, `text between the elements: ${short(parent.text)}`);
    let at = 0;
    let count = 0;
    const seen = new Map<string, number>();
    for (const child of parent.children) {
      const number = (seen.get(child.name) ?? 0) + 1;
      seen.set(child.name, number);
      const own = `${path}/${child.name}${number > 1 ? `[${number}]` : ''}`;
      if (
        signed &&
        child.uri === SIGNATURE_NAMESPACE &&
        this.#missing(rules, at, count, rules.length) === null
      ) {
        at = rules.length;
        count = 0;
        continue;
      }
      const index = child.uri === this.#uri ? rules.findIndex((rule) => rule.name === child.name) : -1;
      const rule = rules[index];
      if (!rule) {
        this.#unknown(child, own);
        continue;
      }
      if (index < at)
        this.#say('schema.order', child, own, `${child.name} stands too late: ${expected(rules, at)}`);
      else {
        if (index > at) {
          const missing = this.#missing(rules, at, count, index);
          if (missing !== null)
            this.#say(
              'schema.missing',
              child,
              `${path}/${missing}`,
              `${missing} is missing before ${child.name}`,
            );
          at = index;
          count = 0;
        }
        count += 1;
        if (count > rule.most) this.#say('schema.repeated', child, own, `${child.name} may stand once only`);
      }
      if (typeof rule.type === 'object' && 'children' in rule.type)
        this.children(child, rule.type.children, own, false);
      else this.#simple(child, rule.type, own);
    }
    const missing = this.#missing(rules, at, count, rules.length);
    if (missing !== null) this.#say('schema.missing', parent, `${path}/${missing}`, `${missing} is missing`);
  }

  /** The first required element between two places that is not there. */
  #missing(rules: readonly ElementRule[], at: number, count: number, upto: number): string | null {
    for (let index = at; index < upto; index += 1) {
      const rule = rules[index];
      if (rule && rule.least > 0 && !(index === at && count > 0)) return rule.name;
    }
    return null;
  }

  #unknown(child: XmlElement, path: string): void {
    if (child.uri === this.#uri)
      this.#say('schema.unknown', child, path, `CAP has no element ${child.name} here`);
    else if (child.uri === SIGNATURE_NAMESPACE)
      this.#say('schema.signature', child, path, 'a signature stands last, and only in CAP 1.2');
    else
      this.#say(
        'schema.namespace',
        child,
        path,
        `${child.name} is of the namespace ${child.uri || '(none)'}`,
      );
  }

  #simple(element: XmlElement, type: SimpleType, path: string): void {
    this.#attributes(element, path);
    if (element.children.length > 0) {
      this.#say('schema.content', element, path, `${element.name} holds text only, not elements`);
      return;
    }
    const wrong = wrongText(element.text, type);
    if (wrong !== null)
      this.#say(`schema.${wrong}`, element, path, `${element.name} may not be ${short(element.text)}`);
  }

  #attributes(element: XmlElement, path: string): void {
    for (const name of Object.keys(element.attributes ?? {})) {
      if (!name.startsWith('xsi:') && !name.startsWith('xml:'))
        this.#say('schema.attribute', element, path, `the attribute ${name} is not of CAP`);
    }
  }

  #say(rule: string, { line, column }: XmlElement, path: string, text: string): void {
    this.#findings.push({ rule, severity: 'error', path, line, column, text });
  }
}

const CAP_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/;
const XSD_TIME = /^-?\d{4,}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:Z|[-+](\d\d):(\d\d))?$/;
const LANGUAGE = /^[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*$/;

/** The name of the rule that a text breaks. Spaces around times, numbers and languages do not count (XML Schema, whiteSpace). */
function wrongText(text: string, type: SimpleType): string | null {
  if (typeof type === 'object') return type.values.includes(text) ? null : 'word';
  switch (type) {
    case 'string':
    case 'list':
      return null;
    case 'anyURI':
      return /[<>{}|\\^`"\s]/.test(text.trim()) ? 'uri' : null;
    case 'language':
      return LANGUAGE.test(text.trim()) ? null : 'language';
    case 'integer':
      return /^[-+]?\d+$/.test(text.trim()) ? null : 'number';
    case 'decimal':
      return /^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(text.trim()) ? null : 'number';
    case 'dateTime':
      return isXsdTime(text.trim()) ? null : 'time';
    case 'capDateTime':
      return CAP_TIME.test(text.trim()) && isXsdTime(text.trim()) ? null : 'time';
  }
}

function isXsdTime(text: string): boolean {
  const found = XSD_TIME.exec(text);
  if (!found) return false;
  const [month, day, hour, minute, second, offsetHour, offsetMinute] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  const year = Number(/^-?\d+/.exec(text)?.[0]);
  const days = new Date(Date.UTC(year % 400 || 400, month ?? 0, 0)).getUTCDate();
  const inside = (value: number | undefined, least: number, most: number): boolean =>
    value !== undefined && value >= least && value <= most;
  return (
    inside(month, 1, 12) &&
    inside(day, 1, days) &&
    (inside(hour, 0, 23) || (hour === 24 && minute === 0 && second === 0)) &&
    inside(minute, 0, 59) &&
    inside(second, 0, 59.999999999) &&
    (offsetHour ?? 0) * 60 + (offsetMinute ?? 0) <= 14 * 60 &&
    inside(offsetMinute, 0, 59)
  );
}

function expected(rules: readonly ElementRule[], at: number): string {
  const names = rules.slice(at, at + 6).map((rule) => rule.name);
  return `after what stands before it only ${names.join(', ')} may follow`;
}

function short(text: string): string {
  const flat = text.trim().replace(/\s+/g, ' ');
  return `"${flat.length > 40 ? `${flat.slice(0, 40)}...` : flat}"`;
}
