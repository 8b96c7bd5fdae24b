import type { Collector } from '../collector.ts';
import { decimal, quoted } from '../text/number.ts';
import { isoTime } from '../text/time.ts';
import type { XmlElement } from '../text/xml.ts';
import { type ChildRule, ENUMERATIONS, SCHEMA } from './schema.ts';

/**
 * The pattern of the schema. Its `\w` is read as letters and digits: the pattern lists `=` and `+` beside it, which would
 * be idle if `\w` held the symbols that XML Schema puts into it.
 */
const IDENTIFIER =
  /^(?:smi|quakeml):[\p{L}\p{N}][\p{L}\p{N}\-.*()_~']{2,}\/[\p{L}\p{N}\-.*()_~'][\p{L}\p{N}\-.*()+?_~'=,;#/&]*$/u;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/;
const INTEGER = /^[+-]?\d{1,18}$/;
const TRUTH = new Set(['true', 'false', '0', '1']);
const SPECIAL_DOUBLES = new Set(['INF', '-INF', 'NaN']);

/** Where an element stands; the text is made only for a finding. */
interface Trail {
  readonly parent: Trail | null;
  readonly name: string;
  readonly index: number;
}

function pathOf(trail: Trail): string {
  const own = trail.index > 0 ? `${trail.name}[${trail.index}]` : trail.name;
  return trail.parent === null ? own : `${pathOf(trail.parent)}/${own}`;
}

/** Names everything below an element that is not as the schema of QuakeML 1.2 has it. */
export function checkAgainstSchema(
  collector: Collector,
  element: XmlElement,
  type: string,
  path: string,
): void {
  checkElement(collector, element, type, { parent: null, name: path, index: 0 });
}

function checkElement(collector: Collector, element: XmlElement, type: string, trail: Trail): void {
  const rule = SCHEMA.get(type);
  if (rule === undefined) {
    checkText(collector, element.text, type, trail, element.line);
    return;
  }
  checkAttributes(collector, element, rule.attributes, trail);
  const count = new Map<string, number>();
  for (const child of element.children) {
    // Other namespaces may stand anywhere.
    if (child.uri !== element.uri) continue;
    const times = (count.get(child.name) ?? 0) + 1;
    count.set(child.name, times);
    const childRule = rule.children.get(child.name);
    const childTrail = { parent: trail, name: child.name, index: childRule?.times === '*' ? times : 0 };
    if (childRule === undefined) {
      const at = { path: pathOf(childTrail), line: child.line };
      collector.say('quakeml.element', at, `${type} has no element ${quoted(child.name)}`);
      continue;
    }
    if (times === 2 && childRule.times !== '*')
      collector.say(
        'quakeml.repeated',
        { path: pathOf(childTrail), line: child.line },
        `${child.name} stands more than once`,
      );
    checkElement(collector, child, childRule.type, childTrail);
  }
  for (const name of rule.needed)
    if (!count.has(name))
      collector.say('quakeml.missing', { path: pathOf(trail), line: element.line }, `${type} has no ${name}`);
}

function checkAttributes(
  collector: Collector,
  element: XmlElement,
  rules: ReadonlyMap<string, ChildRule>,
  trail: Trail,
): void {
  for (const [name, { type, times }] of rules) {
    const value = element.attributes?.[name];
    const own = { parent: trail, name: `@${name}`, index: 0 };
    if (value !== undefined) checkText(collector, value, type, own, element.line);
    else if (times === '!')
      collector.say('quakeml.missing', { path: pathOf(trail), line: element.line }, `no attribute ${name}`);
  }
}

function checkText(collector: Collector, raw: string, type: string, trail: Trail, line: number): void {
  const words = ENUMERATIONS[type];
  if (words !== undefined) {
    // The schema restricts strings, whose white space counts.
    if (!words.has(raw))
      collector.say('quakeml.enumeration', { path: pathOf(trail), line }, `${quoted(raw)} is no ${type}`);
    return;
  }
  if (type.startsWith('text')) {
    const most = Number(type.slice(4));
    if ([...raw].length > most)
      collector.say('quakeml.text-length', { path: pathOf(trail), line }, `more than ${most} characters`);
    return;
  }
  const text = raw.trim();
  if (type === 'ResourceReference') {
    if (!IDENTIFIER.test(text))
      collector.say('quakeml.identifier', { path: pathOf(trail), line }, `${quoted(text)} is no identifier`);
    return;
  }
  if (!isOf(text, type))
    collector.say('quakeml.number', { path: pathOf(trail), line }, `${quoted(text)} is no ${type}`);
}

function isOf(text: string, type: string): boolean {
  switch (type) {
    case 'double':
      return decimal(text) !== null || SPECIAL_DOUBLES.has(text);
    case 'integer':
    case 'int':
      return INTEGER.test(text);
    case 'dateTime':
      return DATE_TIME.test(text) && isoTime(text) !== null;
    case 'boolean':
      return TRUTH.has(text);
    default:
      return true;
  }
}
