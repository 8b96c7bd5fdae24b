import { ParseOption, XmlC14NMode, XmlDocument, XmlElement, type XmlNode, XmlParseError } from 'libxml2-wasm';
import { CapError } from '../finding.ts';
import { SIGNATURE_NAMESPACE } from '../vocabulary.ts';

/** Canonical XML by libxml2. Of a whole document comments never count: a reference of URI="" leaves them out (XML-DSig, 4.4.3.3). */
export interface CanonicalMethod {
  readonly mode: 0 | 1 | 2;
  readonly withComments: boolean;
}

/** By the names of the W3C's recommendations. */
export const CANONICAL_METHODS: ReadonlyMap<string, CanonicalMethod> = new Map([
  [
    'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
    { mode: XmlC14NMode.XML_C14N_1_0, withComments: false },
  ],
  [
    'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
    { mode: XmlC14NMode.XML_C14N_1_0, withComments: true },
  ],
  ['http://www.w3.org/2006/12/xml-c14n11', { mode: XmlC14NMode.XML_C14N_1_1, withComments: false }],
  [
    'http://www.w3.org/2006/12/xml-c14n11#WithComments',
    { mode: XmlC14NMode.XML_C14N_1_1, withComments: true },
  ],
  [
    'http://www.w3.org/2001/10/xml-exc-c14n#',
    { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, withComments: false },
  ],
  [
    'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
    { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, withComments: true },
  ],
]);
export const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** A document inside libxml2. Its memory is not the engine's: `use` gives it back. */
export class CanonicalDocument {
  readonly #document: XmlDocument;

  private constructor(document: XmlDocument) {
    this.#document = document;
  }

  /**
   * @param bytes without DOCTYPE: `readTree` has seen them
   * @throws CapError `not-well-formed` for what libxml2 reads more strictly
   */
  static use<Result>(bytes: Uint8Array, work: (document: CanonicalDocument) => Result): Result {
    const document = parse(bytes);
    try {
      return work(new CanonicalDocument(document));
    } finally {
      document.dispose();
    }
  }

  /** The element `SignedInfo` of the signature that is a child of the root. */
  signedInfo(method: CanonicalMethod, prefixes: readonly string[]): Buffer {
    const signature = this.#signature();
    for (let node = signature.firstChild; node !== null; node = node.next)
      if (node instanceof XmlElement && node.name === 'SignedInfo')
        return this.#canonical(node, method, prefixes);
    throw new TypeError('the signature has no SignedInfo');
  }

  /** Everything but the signature. It is taken out for good: ask for `signedInfo` first. */
  withoutSignature(method: CanonicalMethod, prefixes: readonly string[]): Buffer {
    this.#signature().remove();
    return this.whole(method, prefixes);
  }

  whole(method: CanonicalMethod, prefixes: readonly string[]): Buffer {
    return this.#canonical(null, { ...method, withComments: false }, prefixes);
  }

  #signature(): XmlElement {
    for (let node = this.#document.root.firstChild; node !== null; node = node.next)
      if (
        node instanceof XmlElement &&
        node.name === 'Signature' &&
        node.namespaceUri === SIGNATURE_NAMESPACE
      )
        return node;
    throw new TypeError('the document has no signature');
  }

  #canonical(
    node: XmlNode | null,
    { mode, withComments }: CanonicalMethod,
    prefixes: readonly string[],
  ): Buffer {
    const parts: Buffer[] = [];
    const handler = {
      write: (part: Uint8Array): number => {
        parts.push(Buffer.from(part));
        return part.length;
      },
      close: () => true,
    };
    const options = {
      mode,
      withComments,
      ...(prefixes.length > 0 && { inclusiveNamespacePrefixes: [...prefixes] }),
    };
    if (node === null) this.#document.canonicalize(handler, options);
    else node.canonicalize(handler, options);
    return Buffer.concat(parts);
  }
}

function parse(bytes: Uint8Array): XmlDocument {
  try {
    return XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NONET });
  } catch (error) {
    if (error instanceof XmlParseError) throw new CapError('not-well-formed', error.message.trim());
    throw error;
  }
}
