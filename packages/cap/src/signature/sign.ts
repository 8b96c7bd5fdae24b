import { createHash, createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { CapError } from '../finding.ts';
import { NAMESPACES, SIGNATURE_NAMESPACE } from '../vocabulary.ts';
import { readTree } from '../xml/tree.ts';
import { CANONICAL_METHODS, CanonicalDocument, type CanonicalMethod, EXCLUSIVE } from './canonical.ts';

export interface Signer {
  /** PEM or key: RSA of at least 2,048 bits, or ECDSA P-256. */
  readonly privateKey: string | KeyObject;
  /** PEM, put into the message so that a reader finds its pinned one sooner; it proves nothing. */
  readonly certificate?: string;
}

const ALGORITHMS = {
  rsa: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  ec: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
} as const;
const END = '</alert>';

/**
 * Signs a message with an enveloped signature, the last child of `alert`: exclusive canonical XML, SHA-256.
 * @param text what `writeAlert` gave; its bytes are not changed, only the signature is put in
 * @throws CapError `signature-refused` for what is no CAP 1.2 alert or signed already, `key-refused`
 */
export function signAlert(text: string, signer: Signer): string {
  const root = readTree(text);
  const end = text.lastIndexOf(END);
  if (root.name !== 'alert' || root.uri !== NAMESPACES['1.2'] || end < 0)
    throw new CapError('signature-refused', 'only an alert of CAP 1.2 without a prefix is signed');
  if (root.children.some((child) => child.name === 'Signature'))
    throw new CapError('signature-refused', 'it is signed already; sign what was there before');
  const key = typeof signer.privateKey === 'string' ? createPrivateKey(signer.privateKey) : signer.privateKey;
  const algorithm = algorithmFor(key);
  const method = CANONICAL_METHODS.get(EXCLUSIVE);
  if (!method) throw new Error('the exclusive canonical form is gone');
  const canonical = CanonicalDocument.use(Buffer.from(text), (tree) => tree.whole(method, []));
  const digest = createHash('sha256').update(canonical).digest('base64');
  const bytes = Buffer.from(canonicalSignedInfo(algorithm, method).replace(PLACE_OF_DIGEST, digest));
  const value = sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }).toString('base64');
  const signature = signatureText(signedInfoText(algorithm, digest), value, keyInfo(signer));
  return `${text.slice(0, end)}${signature}${text.slice(end)}`;
}

/** Where the digest comes in: letters of base64, which the canonical form leaves as they are. */
const PLACE_OF_DIGEST = 'DIGEST';
const canonicalSignedInfos = new Map<string, string>();

/** What is signed of all messages with one algorithm but for their digest: made canonical once. */
function canonicalSignedInfo(algorithm: string, method: CanonicalMethod): string {
  const known = canonicalSignedInfos.get(algorithm);
  if (known !== undefined) return known;
  const signature = signatureText(signedInfoText(algorithm, PLACE_OF_DIGEST), '', '');
  const bytes = CanonicalDocument.use(Buffer.from(`<alert>${signature}</alert>`), (tree) =>
    tree.signedInfo(method, []),
  );
  const text = Buffer.from(bytes).toString('utf8');
  canonicalSignedInfos.set(algorithm, text);
  return text;
}

function signatureText(signedInfo: string, value: string, info: string): string {
  return `<Signature xmlns="${SIGNATURE_NAMESPACE}">${signedInfo}<SignatureValue>${value}</SignatureValue>${info}</Signature>`;
}

function signedInfoText(algorithm: string, digest: string): string {
  return (
    `<SignedInfo><CanonicalizationMethod Algorithm="${EXCLUSIVE}"></CanonicalizationMethod>` +
    `<SignatureMethod Algorithm="${algorithm}"></SignatureMethod><Reference URI=""><Transforms>` +
    `<Transform Algorithm="${SIGNATURE_NAMESPACE}enveloped-signature"></Transform><Transform Algorithm="${EXCLUSIVE}"></Transform>` +
    `</Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></DigestMethod>` +
    `<DigestValue>${digest}</DigestValue></Reference></SignedInfo>`
  );
}

function keyInfo({ certificate }: Signer): string {
  if (certificate === undefined) return '';
  const base64 = new X509Certificate(certificate).raw.toString('base64');
  return `<KeyInfo><X509Data><X509Certificate>${base64}</X509Certificate></X509Data></KeyInfo>`;
}

function algorithmFor(key: KeyObject): string {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'ec' && details?.namedCurve === 'prime256v1') return ALGORITHMS.ec;
  if (key.asymmetricKeyType === 'rsa' && (details?.modulusLength ?? 0) >= 2048) return ALGORITHMS.rsa;
  throw new CapError('key-refused', 'the key is neither ECDSA P-256 nor RSA of at least 2,048 bits');
}
