import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { soundAlert } from './alerts.fixture.ts';
import { checkRead } from './check.ts';
import { CapError } from './finding.ts';
import { ringFaults } from './geometry/ring.ts';
import { readCap } from './read/read-cap.ts';
import { writeAlert } from './write/write-alert.ts';

const sound = writeAlert(soundAlert());

function refusal(
  source: Uint8Array | string,
  limits?: { bytes: number; depth: number; elements: number },
): string | null {
  try {
    readCap(source, limits ? { limits } : {});
    return null;
  } catch (error) {
    if (error instanceof CapError) return error.code;
    throw error;
  }
}

describe('hostile input', () => {
  test.each([
    ['doctype-refused', `<!DOCTYPE alert [<!ENTITY a "b">]>${sound.slice(sound.indexOf('<alert'))}`],
    ['doctype-refused', `<?xml version="1.0"?><!DOCTYPE alert SYSTEM "file:///etc/passwd"><alert/>`],
    ['not-well-formed', '<alert>&unknown;</alert>'],
    ['not-well-formed', '<alert><info></alert>'],
    ['not-well-formed', '<alert/><alert/>'],
    ['not-well-formed', ''],
    ['not-well-formed', '<alert a="1" a="2"/>'],
    ['not-well-formed', '<cap:alert/>'],
    ['not-well-formed', '<alert>\u0001</alert>'],
  ])('%s: %s', (code, text) => {
    expect(refusal(text)).toBe(code);
  });

  test('depth, elements and bytes have limits', () => {
    expect(refusal('<a>'.repeat(41) + '</a>'.repeat(41))).toBe('too-deep');
    expect(refusal(`<a>${'<b/>'.repeat(20)}</a>`, { bytes: 1_000, depth: 5, elements: 20 })).toBe(
      'too-many-elements',
    );
    expect(refusal(sound, { bytes: 10, depth: 5, elements: 20 })).toBe('too-large');
  });

  test('encodings by mark, by declaration, and none that is unknown', () => {
    const text = sound.replace('UTF-8', 'windows-1258');
    expect(refusal(Buffer.from('\ufefftest', 'utf16le'))).toBe('not-well-formed');
    expect(refusal(Buffer.from(`\ufeff${sound.slice(sound.indexOf('<alert'))}`, 'utf16le'))).toBe(null);
    expect(refusal(Buffer.from(text.replace('windows-1258', 'klingon')))).toBe('encoding-unknown');
    expect(refusal(Buffer.from([0x3c, 0x61, 0xff, 0x2f, 0x3e]))).toBe('encoding-invalid');
  });

  test('whatever bytes come, they are read or refused by name', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        refusal(bytes);
      }),
      { numRuns: 500 },
    );
  });

  test('a sound message with any part changed is read, checked, or refused by name', () => {
    const bytes = Buffer.from(sound);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.uint8Array({ maxLength: 12 }), fc.nat(30), (at, put, cut) => {
        const changed = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
        try {
          for (const one of readCap(changed).alerts)
            checkRead(one, { profiles: ['wmo', 'ipaws', 'canada', 'australia', 'google', 'strict'] });
        } catch (error) {
          if (!(error instanceof CapError)) throw error;
        }
      }),
      { numRuns: 1_500 },
    );
  });

  test('a polygon of a hundred thousand corners is counted, not compared corner with corner', () => {
    const ring = Array.from({ length: 100_000 }, (_, index): [number, number] => [
      Math.sin(index) * 80,
      Math.cos(index) * 170,
    ]);
    expect(ringFaults(ring)).toEqual(['open']);
  });
});
