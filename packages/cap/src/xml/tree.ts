import { type SaxesAttributeNS, SaxesParser } from 'saxes';
import { CapError } from '../finding.ts';
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
  const text = typeof source === 'string' ? source : decodeXml(source);
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let elements = 0;
  const here = () => ({ line: parser.line, column: parser.column });
  parser.on('error', (error) => {
    throw new CapError('not-well-formed', error.message.replace(/^\d+:\d+: /, ''), here());
  });
  parser.on('doctype', () => {
    throw new CapError(
      'doctype-refused',
      'a DOCTYPE is refused: it can name other files and grow without end',
      here(),
    );
  });
  parser.on('opentag', (tag) => {
    elements += 1;
    if (elements > limits.elements)
      throw new CapError('too-many-elements', `more than ${limits.elements} elements`, here());
    if (open.length >= limits.depth)
      throw new CapError('too-deep', `more than ${limits.depth} elements inside each other`, here());
    const element: XmlElement = {
      name: tag.local,
      uri: tag.uri,
      prefix: tag.prefix,
      line: parser.line,
      column: parser.column,
      children: [],
      text: NO_TEXT,
      attributes: attributesOf(tag.attributes),
    };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
    open.push(element);
  });
  parser.on('text', (part) => {
    const element = open.at(-1);
    if (element) element.text += part;
  });
  parser.on('cdata', (part) => {
    const element = open.at(-1);
    if (element) element.text += part;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  if (root === null) throw new CapError('not-well-formed', 'there is no element');
  return root;
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
