import {
  createHash,
  createPublicKey,
  type KeyObject,
  timingSafeEqual,
  verify,
  X509Certificate,
} from 'node:crypto';
import type { Alert } from '../model.ts';
import { readCap } from '../read/read-cap.ts';
import { instantOf } from '../time.ts';
import { SIGNATURE_NAMESPACE, versionOfNamespace } from '../vocabulary.ts';
import { DEFAULT_LIMITS, type Limits } from '../xml/limits.ts';
import { readTree, type XmlElement } from '../xml/tree.ts';
import { CanonicalDocument } from './canonical.ts';
import { one, readSignedInfo, type SignedInfo, SignedInfoFault } from './signed-info.ts';

/** A key or certificate that the caller has from the issuer by another way. */
export interface PinnedKey {
  /** How the caller calls the issuer. */
  readonly name: string;
  /** PEM of a public key, or of a certificate: that one holds only between its dates. */
  readonly pem: string;
}

export interface VerifyOptions {
  readonly pinned: readonly PinnedKey[];
  /** RSA with SHA-1, as PAGASA and USGS signed; false unless said. */
  readonly allowSha1?: boolean;
  readonly limits?: Limits;
}

export type VerifyFault =
  | 'no-signature'
  | 'more-signatures'
  | 'not-an-alert'
  | 'signature-unknown'
  | 'sha1-refused'
  | 'digest-differs'
  | 'no-pinned-key'
  | 'certificate-not-valid';

export type Verified =
  | {
      readonly verified: true;
      /** `name` of the pinned key. */
      readonly by: string;
      /** Read from exactly the bytes that were signed. */
      readonly alert: Alert;
      readonly signedBytes: Uint8Array;
    }
  | { readonly verified: false; readonly fault: VerifyFault; readonly text: string };

/**
 * Whether a message is what one of the pinned issuers signed. A key inside the message proves nothing and is not looked at. A
 * certificate must have been valid at the message's own `sent`.
 * @param bytes as they came: a signature does not survive decoding and encoding
 * @throws CapError where the bytes are no XML, too large, or dangerous
 */
export function verifyAlert(bytes: Uint8Array, options: VerifyOptions): Verified {
  const root = readTree(bytes, options.limits ?? DEFAULT_LIMITS);
  if (root.name !== 'alert' || versionOfNamespace(root.uri) === null)
    return fault('not-an-alert', 'the signature must lie in an alert that stands alone');
  const count = countSignatures(root);
  const element = root.children.find(
    (child) => child.name === 'Signature' && child.uri === SIGNATURE_NAMESPACE,
  );
  if (count === 0 || !element) return fault('no-signature', 'there is no signature in the alert');
  if (count > 1)
    return fault('more-signatures', `${count} signatures: which of them covers what cannot be told`);
  try {
    return verifyOne(bytes, element, options);
  } catch (error) {
    if (error instanceof SignedInfoFault) return fault('signature-unknown', error.message);
    throw error;
  }
}

function verifyOne(bytes: Uint8Array, element: XmlElement, options: VerifyOptions): Verified {
  const claimed = readSignedInfo(one(element, 'SignedInfo'));
  const other = element.children.find(
    (child) => !['SignedInfo', 'SignatureValue', 'KeyInfo'].includes(child.name),
  );
  if (other) throw new SignedInfoFault(`Signature holds ${other.name}`);
  const value = Buffer.from(one(element, 'SignatureValue').text.replace(/\s+/g, ''), 'base64');
  const { signedInfo, document } = CanonicalDocument.use(bytes, (tree) => ({
    signedInfo: tree.signedInfo(claimed.own.method, claimed.own.prefixes),
    document: tree.withoutSignature(claimed.document.method, claimed.document.prefixes),
  }));
  // Read anew from the canonical bytes: whatever comments or the like did to the first reading, these are what is signed.
  const info = readSignedInfo(readTree(signedInfo));
  if (!options.allowSha1 && (info.signature.hash === 'sha1' || info.digest === 'sha1'))
    return fault('sha1-refused', 'SHA-1 is refused unless the caller allows it');
  if (!sameDigest(document, info))
    return fault('digest-differs', 'the message was changed after it was signed');
  const alert = readCap(document, { schema: false }).alerts[0]?.alert;
  if (!alert) return fault('not-an-alert', 'what was signed is no alert');
  return byPinned(options.pinned, info, signedInfo, value, alert, document);
}

function byPinned(
  pinned: readonly PinnedKey[],
  info: SignedInfo,
  signedInfo: Buffer,
  value: Buffer,
  alert: Alert,
  signedBytes: Buffer,
): Verified {
  for (const { name, pem } of pinned) {
    const certificate = pem.includes('BEGIN CERTIFICATE') ? new X509Certificate(pem) : null;
    const key = certificate?.publicKey ?? createPublicKey(pem);
    if (
      !fits(key, info) ||
      !verify(info.signature.hash, signedInfo, { key, dsaEncoding: 'ieee-p1363' }, value)
    )
      continue;
    if (certificate && !validAt(certificate, instantOf(alert.sent)))
      return fault(
        'certificate-not-valid',
        `the certificate of ${name} was not valid when the message was sent`,
      );
    return { verified: true, by: name, alert, signedBytes };
  }
  return fault('no-pinned-key', 'none of the pinned keys made this signature');
}

function fits(key: KeyObject, { signature }: SignedInfo): boolean {
  return key.asymmetricKeyType === signature.key;
}

function validAt(certificate: X509Certificate, atMs: number | null): boolean {
  return (
    atMs !== null && Date.parse(certificate.validFrom) <= atMs && atMs <= Date.parse(certificate.validTo)
  );
}

function sameDigest(document: Buffer, { digest, digestValue }: SignedInfo): boolean {
  const found = createHash(digest).update(document).digest();
  const wanted = Buffer.from(digestValue, 'base64');
  return found.length === wanted.length && timingSafeEqual(found, wanted);
}

function countSignatures(element: XmlElement): number {
  const own = element.name === 'Signature' && element.uri === SIGNATURE_NAMESPACE ? 1 : 0;
  return element.children.reduce((sum, child) => sum + countSignatures(child), own);
}

const fault = (name: VerifyFault, text: string): Verified => ({ verified: false, fault: name, text });
