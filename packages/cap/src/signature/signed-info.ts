import { SIGNATURE_NAMESPACE } from '../vocabulary.ts';
import { childOf, type XmlElement } from '../xml/tree.ts';
import { CANONICAL_METHODS, type CanonicalMethod, EXCLUSIVE } from './canonical.ts';

const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

export interface SignatureMethod {
  readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  readonly key: 'rsa' | 'ec';
}

const SIGNATURE_METHODS: ReadonlyMap<string, SignatureMethod> = new Map([
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', { hash: 'sha256', key: 'rsa' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha384', { hash: 'sha384', key: 'rsa' }],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', { hash: 'sha512', key: 'rsa' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', { hash: 'sha256', key: 'ec' }],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384', { hash: 'sha384', key: 'ec' }],
  // Of old messages: collisions of SHA-1 can be made, so it is taken only where the caller says so.
  ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', { hash: 'sha1', key: 'rsa' }],
]);

const DIGEST_METHODS: ReadonlyMap<string, SignatureMethod['hash']> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'sha1'],
]);

/** How something is made canonical: the method, and the prefixes that an exclusive one keeps. */
export interface Canonical {
  readonly method: CanonicalMethod;
  readonly prefixes: readonly string[];
}

export interface SignedInfo {
  readonly own: Canonical;
  readonly signature: SignatureMethod;
  readonly document: Canonical;
  readonly digest: SignatureMethod['hash'];
  readonly digestValue: string;
}

/** What makes a signature one that nothing is known of. */
export class SignedInfoFault extends Error {
  override readonly name = 'SignedInfoFault';
}

/**
 * Reads a SignedInfo of exactly one enveloped signature over the whole document. Whatever else XML-DSig allows (other references,
 * XPath, XSLT) is refused: what is not understood cannot be trusted.
 */
export function readSignedInfo(element: XmlElement): SignedInfo {
  only(element, 'SignedInfo', ['CanonicalizationMethod', 'SignatureMethod', 'Reference']);
  const reference = one(element, 'Reference');
  only(reference, 'Reference', ['Transforms', 'DigestMethod', 'DigestValue']);
  if (reference.attributes?.URI !== '')
    throw new SignedInfoFault('the reference is not to the whole document');
  const digest = DIGEST_METHODS.get(algorithmOf(one(reference, 'DigestMethod')));
  if (!digest) throw new SignedInfoFault(`digest ${algorithmOf(one(reference, 'DigestMethod'))}`);
  const signature = SIGNATURE_METHODS.get(algorithmOf(one(element, 'SignatureMethod')));
  if (!signature) throw new SignedInfoFault(`algorithm ${algorithmOf(one(element, 'SignatureMethod'))}`);
  return {
    own: canonicalOf(one(element, 'CanonicalizationMethod')),
    signature,
    document: transformsOf(one(reference, 'Transforms')),
    digest,
    digestValue: one(reference, 'DigestValue').text.replace(/\s+/g, ''),
  };
}

function transformsOf(transforms: XmlElement): Canonical {
  const [first, second, ...more] = transforms.children;
  if (!first || algorithmOf(first) !== ENVELOPED || more.length > 0)
    throw new SignedInfoFault('the transforms are not: enveloped signature, then at most one canonical form');
  if (second) return canonicalOf(second);
  // XML-DSig, 4.4.3.2: without one it is Canonical XML 1.0.
  return { method: { mode: 0, withComments: false }, prefixes: [] };
}

function canonicalOf(element: XmlElement): Canonical {
  const algorithm = algorithmOf(element);
  const method = CANONICAL_METHODS.get(algorithm);
  if (!method) throw new SignedInfoFault(`canonical form ${algorithm}`);
  const list = childOf(element, 'InclusiveNamespaces');
  if (element.children.length > (list ? 1 : 0) || (list && list.uri !== EXCLUSIVE))
    throw new SignedInfoFault('a canonical form with parameters that are not known');
  return { method, prefixes: list?.attributes?.PrefixList?.split(/\s+/).filter(Boolean) ?? [] };
}

export function one(element: XmlElement, name: string): XmlElement {
  const found = element.children.filter((child) => child.name === name && child.uri === SIGNATURE_NAMESPACE);
  const [only] = found;
  if (!only || found.length > 1)
    throw new SignedInfoFault(`${element.name} holds ${found.length} ${name}, not one`);
  return only;
}

function only(element: XmlElement, name: string, names: readonly string[]): void {
  if (element.name !== name || element.uri !== SIGNATURE_NAMESPACE)
    throw new SignedInfoFault(`${name} is missing`);
  const other = element.children.find(
    (child) => !names.includes(child.name) || child.uri !== SIGNATURE_NAMESPACE,
  );
  if (other) throw new SignedInfoFault(`${name} holds ${other.name}`);
}

function algorithmOf(element: XmlElement): string {
  return element.attributes?.Algorithm ?? '';
}
