import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contentDigest,
  digestFits,
  FieldSyntaxError,
  parseDictionary,
  readSignature,
  type SignedRequest,
  signatureBase,
  signatureFault,
  signRequest,
} from './index.ts';

const key = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
const now = Date.UTC(2026, 10, 22, 3, 0, 0);
const target = '/api/device/v1/signals';
const body = Buffer.from('{"signals":[]}');

function signed(createdMs = now, over: Partial<SignedRequest> = {}): SignedRequest {
  const headers = signRequest({ method: 'POST', target }, body, { keyId: 'D001', key }, createdMs, 'n1');
  return { method: 'POST', target, authority: 'centre.example', headers, ...over };
}

function fault(request: SignedRequest, sent: Uint8Array = body, nowMs = now): string | null {
  const claimed = readSignature(request.headers);
  return 'fault' in claimed ? claimed.fault : signatureFault(request, sent, claimed, key, nowMs);
}

describe('RFC 9421', () => {
  // Appendix B.2.5 with the request of B.2 and the shared secret of B.1.5.
  const secret = Buffer.from(
    'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==',
    'base64',
  );
  const headers = {
    date: 'Tue, 20 Apr 2021 02:07:55 GMT',
    'content-type': 'application/json',
    'signature-input':
      'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    signature: 'sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:',
  };

  it('the example with hmac-sha256 gives its base and its signature', async () => {
    const member = parseDictionary(headers['signature-input']).get('sig-b25');
    const made = signatureBase(
      { method: 'POST', target: '/foo?param=Value&Pet=dog', authority: 'example.com', headers },
      { components: member?.list ?? [], parameters: member?.parameters ?? new Map() },
    );
    expect(made).toEqual({
      base: [
        '"date": Tue, 20 Apr 2021 02:07:55 GMT',
        '"@authority": example.com',
        '"content-type": application/json',
        '"@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
      ].join('\n'),
    });
    const { createHmac } = await import('node:crypto');
    const mac = createHmac('sha256', secret)
      .update('base' in made ? made.base : '')
      .digest('base64');
    expect(`sig-b25=:${mac}:`).toBe(headers.signature);
  });

  it('a signature that does not cover method, path and digest is not taken, however right it is', () => {
    expect(readSignature(headers)).toEqual({ fault: 'component-missing' });
  });

  it('the digest is that of RFC 9530, appendix B.1', () => {
    expect(contentDigest(Buffer.from('{"hello": "world"}\n'))).toBe(
      'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
    );
  });
});

describe('a signed request', () => {
  it('holds as it was sent', () => expect(fault(signed())).toBeNull());

  it.each<[string, string, SignedRequest, Uint8Array?]>([
    ['another body', 'digest-wrong', signed(), Buffer.from('{"signals":[1]}')],
    ['another path', 'signature-wrong', signed(now, { target: '/api/device/v1/heartbeat' })],
    ['another method', 'signature-wrong', signed(now, { method: 'PUT' })],
    [
      'another digest',
      'signature-wrong',
      { ...signed(), headers: { ...signed().headers, 'content-digest': contentDigest(Buffer.from('x')) } },
    ],
    [
      'no digest',
      'component-unknown',
      { ...signed(), headers: { ...signed().headers, 'content-digest': undefined } },
    ],
    ['no signature', 'signature-missing', { ...signed(), headers: {} }],
    [
      'another created',
      'signature-wrong',
      {
        ...signed(),
        headers: {
          ...signed().headers,
          'signature-input': String(signed().headers['signature-input']).replace('created=1', 'created=2'),
        },
      },
    ],
    [
      'another algorithm',
      'algorithm-unsupported',
      {
        ...signed(),
        headers: {
          ...signed().headers,
          'signature-input': String(signed().headers['signature-input']).replace('hmac-sha256', 'none'),
        },
      },
    ],
    [
      'a component of another kind',
      'component-unknown',
      {
        ...signed(),
        headers: {
          ...signed().headers,
          'signature-input': String(signed().headers['signature-input']).replace(
            '"@path"',
            '"@path" "@status"',
          ),
        },
      },
    ],
    [
      'a signature cut short',
      'signature-wrong',
      { ...signed(), headers: { ...signed().headers, signature: 'keng=:AAAA:' } },
    ],
    [
      'a label that is not there',
      'signature-malformed',
      { ...signed(), headers: { ...signed().headers, signature: 'other=:AAAA:' } },
    ],
  ])('with %s is refused: %s', (_what, expected, request, sent) => {
    expect(fault(request, sent)).toBe(expected);
  });

  it('counts for 300 seconds to both sides of the clock of the centre', () => {
    expect(fault(signed(now - 300_000))).toBeNull();
    expect(fault(signed(now + 300_000))).toBeNull();
    expect(fault(signed(now - 302_000))).toBe('outside-window');
    expect(fault(signed(now + 302_000))).toBe('outside-window');
  });

  it('with any one character changed in what is signed never holds', () => {
    const names = ['content-digest', 'signature-input', 'signature'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        fc.integer({ min: 33, max: 126 }),
        (name, at, code) => {
          const request = signed();
          const text = String(request.headers[name]);
          const place = at % text.length;
          const changed = `${text.slice(0, place)}${String.fromCharCode(code)}${text.slice(place + 1)}`;
          // The label is not signed, and both fields name it; another one there is another signature or none.
          fc.pre(changed !== text && !(name !== 'content-digest' && place < 4));
          // The last character of base64 has bits that belong to no byte; RFC 9651, 4.2.7 tells readers to overlook them.
          fc.pre(name === 'signature-input' || place !== text.length - 3);
          expect(fault({ ...request, headers: { ...request.headers, [name]: changed } })).not.toBeNull();
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('structured fields', () => {
  it.each(['a=1, b=("x" "y;z");q="\\"";n, c=:AQID:, d=?1', ' a ', '', 'a="", a=2'])('%s is read', (text) => {
    expect(() => parseDictionary(text)).not.toThrow();
  });

  it.each([
    'a=',
    'A=1',
    'a=1,',
    'a=(',
    'a=("x"y)',
    'a=:!!:',
    'a="',
    'a=1.5',
    'a=-',
    'a=9999999999999999',
    '"',
    'a=?2',
    'a="\u00e9"',
  ])('%s is no dictionary', (text) => expect(() => parseDictionary(text)).toThrow(FieldSyntaxError));

  it('whatever comes is read or refused by name, and a digest fits only its body', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        try {
          parseDictionary(text);
        } catch (error) {
          expect(error).toBeInstanceOf(FieldSyntaxError);
        }
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (one, other) => {
        expect(digestFits(contentDigest(one), other)).toBe(Buffer.from(one).equals(other));
      }),
    );
  });
});
