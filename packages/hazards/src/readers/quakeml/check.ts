import type { Collector } from '../collector.ts';
import type { ReadRule } from '../finding.ts';
import { decimal, quoted } from '../text/number.ts';
import { isoTime } from '../text/time.ts';
import type { XmlElement } from '../text/xml.ts';
import { ENUMERATIONS, SCHEMA, type TypeRule } from './schema.ts';

/**
 * The pattern of the schema. Its `\w` is read as letters and digits: the pattern lists `=` and `+` beside it, which would
 * be idle if `\w` held the symbols that XML Schema puts into it.
 */
const IDENTIFIER =
  /^(?:smi|quakeml):[\p{L}\p{N}][\p{L}\p{N}\-.*()_~']{2,}\/[\p{L}\p{N}\-.*()_~'][\p{L}\p{N}\-.*()+?_~'=,;#/&]*$/u;
/** The same without the letters beyond ASCII: nearly all, and much faster. */
const PLAIN_IDENTIFIER = /^(?:smi|quakeml):[A-Za-z0-9][\w\-.*()~']{2,}\/[\w\-.*()~'][\w\-.*()+?~'=,;#/&]*$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/;
const INTEGER = /^[+-]?\d{1,18}$/;
const TRUTH = new Set(['true', 'false', '0', '1']);
const SPECIAL_DOUBLES = new Set(['INF', '-INF', 'NaN']);

/** Names everything below an element that is not as the schema of QuakeML 1.2 has it. */
export function checkAgainstSchema(
  collector: Collector,
  element: XmlElement,
  type: string,
  path: string,
): void {
  new SchemaCheck(collector, path).element(element, type);
}

/** Goes down the tree once. The path is made only for a finding: a file has ten thousands of elements and few faults. */
class SchemaCheck {
  readonly #collector: Collector;
  readonly #root: string;
  readonly #above: { readonly element: XmlElement; readonly rule: TypeRule }[] = [];

  constructor(collector: Collector, root: string) {
    this.#collector = collector;
    this.#root = root;
  }

  element(element: XmlElement, type: string): void {
    const rule = SCHEMA.get(type);
    if (rule === undefined) {
      this.#text(element.text, type, element);
      return;
    }
    if (rule.attributes.size > 0) this.#attributes(element, rule);
    this.#above.push({ element, rule });
    let seen = 0;
    for (const child of element.children) {
      // Other namespaces may stand anywhere.
      if (child.uri !== element.uri) continue;
      const childRule = rule.children.get(child.name);
      if (childRule === undefined) {
        this.#say('quakeml.element', child, `${type} has no element ${quoted(child.name)}`);
        continue;
      }
      if ((seen & childRule.bit) !== 0 && childRule.times !== '*')
        this.#say('quakeml.repeated', child, `${child.name} stands more than once`);
      seen |= childRule.bit;
      this.element(child, childRule.type);
    }
    this.#above.pop();
    for (const needed of rule.needed)
      if ((seen & needed.rule.bit) === 0)
        this.#say('quakeml.missing', element, `${type} has no ${needed.name}`);
  }

  #say(rule: ReadRule, element: XmlElement, text: string, attribute = ''): void {
    this.#collector.say(rule, { path: this.#pathOf(element) + attribute, line: element.line }, text);
  }

  #pathOf(element: XmlElement): string {
    const [root, ...rest] = [...this.#above.map((one) => one.element), element];
    if (root === element && this.#above.length === 0) return this.#root;
    return [
      this.#root,
      ...rest.map((one, index) => {
        const { element: parent, rule } = this.#above[index] ?? {};
        if (parent === undefined || rule?.children.get(one.name)?.times !== '*') return one.name;
        return `${one.name}[${parent.children.filter(({ name }) => name === one.name).indexOf(one) + 1}]`;
      }),
    ].join('/');
  }

  #attributes(element: XmlElement, { attributes }: TypeRule): void {
    for (const [name, { type, times }] of attributes) {
      const value = element.attributes?.[name];
      if (value !== undefined) this.#text(value, type, element, `/@${name}`);
      else if (times === '!') this.#say('quakeml.missing', element, `no attribute ${name}`);
    }
  }

  #text(raw: string, type: string, element: XmlElement, attribute = ''): void {
    const words = ENUMERATIONS[type];
    if (words !== undefined) {
      // The schema restricts strings, whose white space counts.
      if (!words.has(raw))
        this.#say('quakeml.enumeration', element, `${quoted(raw)} is no ${type}`, attribute);
      return;
    }
    if (type.startsWith('text')) {
      const most = Number(type.slice(4));
      if (raw.length > most && [...raw].length > most)
        this.#say('quakeml.text-length', element, `more than ${most} characters`, attribute);
      return;
    }
    const text = raw.trim();
    if (type === 'ResourceReference') {
      if (!PLAIN_IDENTIFIER.test(text) && !IDENTIFIER.test(text))
        this.#say('quakeml.identifier', element, `${quoted(text)} is no identifier`, attribute);
      return;
    }
    if (!isOf(text, type)) this.#say('quakeml.number', element, `${quoted(text)} is no ${type}`, attribute);
  }
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
