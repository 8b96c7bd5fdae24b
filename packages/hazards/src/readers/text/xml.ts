import { type SaxesAttributeNS, SaxesParser } from 'saxes';
import { ReadError } from '../finding.ts';
import type { ReadLimits } from '../limits.ts';
import { decodeText } from './decode.ts';

/** An element as it was read. `text` is that of its own text nodes, put together. */
export interface XmlElement {
  readonly name: string;
  readonly uri: string;
  /** Where its start tag ends, from 1. */
  readonly line: number;
  readonly children: readonly XmlElement[];
  text: string;
  /** Without declarations of namespaces; those with a prefix keep it. null: none. */
  readonly attributes: Readonly<Record<string, string>> | null;
  /** false: the text broke off or went wrong inside it. */
  closed: boolean;
}

export interface XmlRead {
  readonly root: XmlElement;
  /** null: well formed to the end. */
  readonly fault: { readonly text: string; readonly line: number } | null;
}

interface Draft extends Omit<XmlElement, 'children'> {
  children: XmlElement[];
}

function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x20) return false;
  return true;
}

/** Leaves are most of a file, and none of them needs a list of its own. */
const NO_CHILDREN: XmlElement[] = [];

/** Ends the parse at the first fault; what stands before it is kept. */
class Fault extends Error {}

/**
 * Reads XML 1.0 with namespaces, to its end or to the first fault. A DOCTYPE is refused, so no entity but the five of XML
 * is ever expanded.
 * @throws ReadError `too-large`, `not-text`, `not-xml`, `doctype-refused`, `too-deep`, `too-many-elements`
 */
export function readXml(source: Uint8Array | string, limits: ReadLimits): XmlRead {
  const text = decodeText(source, limits);
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: Draft[] = [];
  let root: XmlElement | null = null;
  let current: Draft | null = null;
  let fault: XmlRead['fault'] = null;
  let elements = 0;
  parser.on('error', (error) => {
    fault ??= { text: error.message.replace(/^\d+:\d+: /, '').slice(0, 160), line: parser.line };
    throw new Fault();
  });
  parser.on('doctype', () => {
    throw new ReadError('doctype-refused', 'a DOCTYPE is refused', parser.line);
  });
  parser.on('opentag', (tag) => {
    elements += 1;
    if (elements > limits.elements)
      throw new ReadError('too-many-elements', `more than ${limits.elements} elements`, parser.line);
    if (open.length >= limits.depth)
      throw new ReadError('too-deep', `more than ${limits.depth} elements inside each other`, parser.line);
    const element: Draft = {
      name: tag.local,
      uri: tag.uri,
      line: parser.line,
      children: NO_CHILDREN,
      text: '',
      attributes: attributesOf(tag.attributes),
      closed: false,
    };
    if (current === null) root = element;
    else if (current.children === NO_CHILDREN) current.children = [element];
    else current.children.push(element);
    open.push(element);
    current = element;
  });
  const addText = (part: string): void => {
    // Between elements stands white space, of which most files have a third.
    if (current !== null && (current.text !== '' || !isBlank(part))) current.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    open.pop();
    if (current !== null) current.closed = true;
    current = open.at(-1) ?? null;
  });
  try {
    parser.write(text).close();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
  if (root === null) throw new ReadError('not-xml', 'there is no element', 0);
  return { root, fault };
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
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** The text of the first child of a name; null where it is absent or empty. */
export function childText(element: XmlElement | undefined, name: string): string | null {
  return childOf(element, name)?.text.trim() || null;
}
