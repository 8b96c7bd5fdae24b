import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { soundAlert } from '../alerts.fixture.ts';
import { corpusBytes, corpusJson, withoutCorpus } from '../corpus.fixture.ts';
import { readCap } from '../read/read-cap.ts';
import { writeAlert } from '../write/write-alert.ts';
import { certificateOf } from './certificate.fixture.ts';
import { signDetached, verifyDetached } from './detached.ts';
import { signAlert } from './sign.ts';
import { verifyAlert } from './verify.ts';

const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pinned = [{ name: 'own', pem: pem(own.publicKey) }];
const alert = soundAlert();
const text = writeAlert(alert);
const signed = signAlert(text, { privateKey: own.privateKey });
const verify = (message: string) => verifyAlert(Buffer.from(message), { pinned });
const faultOf = (message: string): string => {
  const result = verify(message);
  return result.verified ? 'verified' : result.fault;
};

describe('own signatures', () => {
  test('what was signed verifies, and gives the message that was signed', () => {
    const result = verify(signed);
    expect(result).toMatchObject({ verified: true, by: 'own' });
    expect(result.verified && result.alert).toEqual(alert);
  });

  test('RSA too', () => {
    const message = signAlert(text, { privateKey: rsa.privateKey });
    const keys = [...pinned, { name: 'rsa', pem: pem(rsa.publicKey) }];
    expect(verifyAlert(Buffer.from(message), { pinned: keys })).toMatchObject({ verified: true, by: 'rsa' });
  });

  test('the signature stands last and the message is as valid as before', () => {
    const [read] = readCap(signed).alerts;
    expect(read?.signed).toBe(true);
    expect(read?.findings).toEqual([]);
  });

  test('no byte can be changed: the message differs or nothing is verified', () => {
    const bytes = Buffer.from(signed);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, turn) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ turn;
        try {
          const result = verifyAlert(changed, { pinned });
          // What is not signed (the declaration, spaces inside the signature) may change; the message may not.
          if (result.verified) expect(result.alert).toEqual(alert);
        } catch (error) {
          expect(error).toHaveProperty('name', 'CapError');
        }
      }),
      { numRuns: 400 },
    );
  });

  test.each<[string, string, string]>([
    ['none', text, 'no-signature'],
    ['of a key that is not pinned', signAlert(text, { privateKey: other.privateKey }), 'no-pinned-key'],
    ['text changed', signed.replace('sáu giờ', 'bảy giờ'), 'digest-differs'],
    ['two', signed.replace('</alert>', `${signatureOf(signed)}</alert>`), 'more-signatures'],
    [
      'wrapped in another alert',
      signed.replace('<info>', `<x>${signatureOf(signed)}</x><info>`),
      'more-signatures',
    ],
    [
      'inside an element',
      signed.replace(signatureOf(signed), '').replace('<info>', `<info>${signatureOf(signed)}`),
      'no-signature',
    ],
    ['of another reference', signed.replace('URI=""', 'URI="#a"'), 'signature-unknown'],
    [
      'by XPath',
      signed.replace(
        '<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#">',
        '<Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">',
      ),
      'signature-unknown',
    ],
    [
      'by HMAC',
      signed.replace(
        'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
        'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
      ),
      'signature-unknown',
    ],
    ['with an Object', signed.replace('</Signature>', '<Object/></Signature>'), 'signature-unknown'],
    [
      'two references',
      signed.replace('</SignedInfo>', `${/<Reference[\s\S]*<\/Reference>/.exec(signed)?.[0]}</SignedInfo>`),
      'signature-unknown',
    ],
    // CVE-2025-29775: a comment in the digest showed one reader another value than the one that was signed.
    ['a comment in the digest', signed.replace('<DigestValue>', '<DigestValue><!--AAAA-->'), 'verified'],
    [
      'another digest before a comment',
      signed.replace(/<DigestValue>(.*?)<\/DigestValue>/, '<DigestValue>AAAA<!--$1--></DigestValue>'),
      'digest-differs',
    ],
    ['in a feed', `<feed>${signed.slice(signed.indexOf('<alert'))}</feed>`, 'not-an-alert'],
  ])('%s', (_, message, fault) => {
    expect(faultOf(message)).toBe(fault);
  });

  test('a certificate holds at the time of sending only, whatever the time is now', () => {
    const year = (one: number): Date => new Date(Date.UTC(one, 0));
    const by = (from: number, to: number) =>
      verifyAlert(Buffer.from(signed), {
        pinned: [{ name: 'own', pem: certificateOf(own, year(from), year(to)) }],
      });
    expect(alert.sent.slice(0, 4)).toBe('2026');
    expect(by(2026, 2027)).toMatchObject({ verified: true, by: 'own' });
    expect(by(2020, 2026)).toMatchObject({ fault: 'certificate-not-valid' });
    expect(by(2027, 2030)).toMatchObject({ fault: 'certificate-not-valid' });
  });

  test('what is signed already, a DOCTYPE, a weak key: none is signed', () => {
    expect(() => signAlert(signed, { privateKey: own.privateKey })).toThrow('signed already');
    expect(() =>
      signAlert(text.replace('<alert', '<!DOCTYPE a><alert'), { privateKey: own.privateKey }),
    ).toThrow('DOCTYPE');
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
    expect(() => signAlert(text, { privateKey: weak.privateKey })).toThrow('neither');
    expect(() =>
      verifyAlert(Buffer.from(signed.replace('<alert', '<!DOCTYPE a><alert')), { pinned }),
    ).toThrow('DOCTYPE');
  });
});

function signatureOf(message: string): string {
  return /<Signature[\s\S]*<\/Signature>/.exec(message)?.[0] ?? '';
}

describe('detached signatures', () => {
  const ed = generateKeyPairSync('ed25519');
  const bytes = Buffer.from('còi báo động');
  const signature = signDetached(bytes, ed.privateKey);

  test('of exactly these bytes, by exactly this key', () => {
    expect(verifyDetached(bytes, signature, [...pinned, { name: 'ed', pem: pem(ed.publicKey) }])).toBe('ed');
    expect(
      verifyDetached(Buffer.from('còi báo độnG'), signature, [{ name: 'ed', pem: pem(ed.publicKey) }]),
    ).toBe(null);
    expect(
      verifyDetached(bytes, signature, [{ name: 'x', pem: pem(generateKeyPairSync('ed25519').publicKey) }]),
    ).toBe(null);
    expect(verifyDetached(bytes, 'AAAA', [{ name: 'ed', pem: pem(ed.publicKey) }])).toBe(null);
    expect(() => signDetached(bytes, own.privateKey)).toThrow('not Ed25519');
  });
});

interface Signed {
  readonly file: string;
  readonly pinned_key: string;
}
const manifest =
  withoutCorpus === null
    ? corpusJson<{ golden: Signed[]; other: { readonly file: string }[] }>('signed/manifest.json')
    : { golden: [], other: [] };
const keyOf = (one: Signed) => ({
  name: one.file,
  pem: Buffer.from(corpusBytes(one.pinned_key)).toString('utf8'),
});

describe.skipIf(withoutCorpus !== null)(
  `real signatures${withoutCorpus === null ? '' : ` (skipped: ${withoutCorpus})`}`,
  () => {
    test.each(manifest.golden)('$file verifies against its pinned key', (one) => {
      const result = verifyAlert(corpusBytes(one.file), { pinned: [keyOf(one)], allowSha1: true });
      expect(result).toMatchObject({ verified: true, by: one.file });
    });

    test.each(manifest.golden)('$file with one byte of its message changed does not', (one) => {
      const bytes = Buffer.from(corpusBytes(one.file));
      const at = bytes.indexOf('<', bytes.indexOf('identifier>') + 11) - 1;
      bytes[at] = (bytes[at] ?? 0) === 0x30 ? 0x31 : 0x30;
      expect(verifyAlert(bytes, { pinned: [keyOf(one)], allowSha1: true })).toMatchObject({
        fault: 'digest-differs',
      });
    });

    test.each(manifest.golden)('$file is nothing to whoever pinned another issuer', (one) => {
      expect(verifyAlert(corpusBytes(one.file), { pinned, allowSha1: true })).toMatchObject({
        fault: 'no-pinned-key',
      });
    });

    test('SHA-1 is taken only where it is allowed', () => {
      const one = manifest.golden.find(({ file }) => file.endsWith('ph.cap'));
      if (!one) throw new Error('the manifest has no PAGASA');
      expect(verifyAlert(corpusBytes(one.file), { pinned: [keyOf(one)] })).toMatchObject({
        fault: 'sha1-refused',
      });
    });

    test.each(manifest.other)('$file fails', ({ file }) => {
      const all = manifest.golden.map(keyOf);
      expect(verifyAlert(corpusBytes(file), { pinned: all, allowSha1: true }).verified).toBe(false);
    });
  },
);
