import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { CapError, type CapErrorCode } from '../finding.ts';
import { decodeXml } from './decode.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';

/** An element as it was read. `text` is that of its own text nodes, put together. */
export interface XmlElement {
  readonly name: string;
  readonly uri: string;
  readonly prefix: string;
  /** Where its start tag ends, from 1. */
  readonly line: number;
  readonly column: number;
  readonly children: XmlElement[];
  text: string;
  /** Without declarations of namespaces; null: none. */
  readonly attributes: Readonly<Record<string, string>> | null;
}

const NO_TEXT = '';

/**
 * Reads well-formed XML 1.0 with namespaces. A DOCTYPE is refused, so no entity but the five of XML is ever expanded.
 * @throws CapError `too-large`, `encoding-*`, `not-well-formed`, `doctype-refused`, `too-deep`, `too-many-elements`
 */
export function readTree(source: Uint8Array | string, limits: Limits = DEFAULT_LIMITS): XmlElement {
  if (source.length > limits.bytes)
    throw new CapError('too-large', `the text has ${source.length} bytes, more than ${limits.bytes}`);
  return new TreeReader(limits).read(typeof source === 'string' ? source : decodeXml(source));
}

/** Grows the tree while the parser goes through the text. */
class TreeReader {
  readonly #limits: Limits;
  readonly #parser = new SaxesParser({ xmlns: true, position: true });
  /** The elements around the one that is open. */
  readonly #around: XmlElement[] = [];
  #open: XmlElement | null = null;
  #root: XmlElement | null = null;
  #elements = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
    const parser = this.#parser;
    parser.on('error', (error) => this.#refuse('not-well-formed', error.message.replace(/^\d+:\d+: /, '')));
    parser.on('doctype', () =>
      this.#refuse('doctype-refused', 'a DOCTYPE is refused: it can name other files and grow without end'),
    );
    parser.on('opentag', (tag) => this.#begin(tag));
    parser.on('text', (part) => this.#take(part));
    parser.on('cdata', (part) => this.#take(part));
    parser.on('closetag', () => {
      this.#open = this.#around.pop() ?? null;
    });
  }

  read(text: string): XmlElement {
    this.#parser.write(text).close();
    if (this.#root === null) throw new CapError('not-well-formed', 'there is no element');
    return this.#root;
  }

  #begin({ local, uri, prefix, attributes }: SaxesTagNS): void {
    this.#elements += 1;
    if (this.#elements > this.#limits.elements)
      this.#refuse('too-many-elements', `more than ${this.#limits.elements} elements`);
    const parent = this.#open;
    const depth = parent === null ? 0 : this.#around.length + 1;
    if (depth >= this.#limits.depth)
      this.#refuse('too-deep', `more than ${this.#limits.depth} elements inside each other`);
    const { line, column } = this.#parser;
    const element: XmlElement = {
      name: local,
      uri,
      prefix,
      line,
      column,
      children: [],
      text: NO_TEXT,
      attributes: attributesOf(attributes),
    };
    if (parent === null) this.#root = element;
    else {
      parent.children.push(element);
      this.#around.push(parent);
    }
    this.#open = element;
  }

  #take(part: string): void {
    if (this.#open !== null) this.#open.text += part;
  }

  #refuse(code: CapErrorCode, text: string): never {
    const { line, column } = this.#parser;
    throw new CapError(code, text, { line, column });
  }
}

function attributesOf(found: Record<string, SaxesAttributeNS>): Readonly<Record<string, string>> | null {
  let attributes: Record<string, string> | null = null;
  // No array is made for the many elements that have none.
  for (const name in found) {
    const one = found[name];
    if (!one || name === 'xmlns' || one.prefix === 'xmlns') continue;
    attributes ??= {};
    attributes[name] = one.value;
  }
  return attributes;
}

/** The first child of a name, whatever its namespace. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}
