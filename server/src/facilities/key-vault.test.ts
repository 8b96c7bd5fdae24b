import { LIVE, newId, parseWorld, type TransmitterId } from '@keng/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyEncryptionKey, openSecret, SealBroken, sealSecret } from './key-vault.ts';

const kek = keyEncryptionKey('a secret of the operator');
const owner = { world: LIVE, transmitterId: newId<TransmitterId>() };

describe('the key vault', () => {
  it('opens what it sealed, whatever the key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 32 }), (key) => {
        expect(openSecret(kek, owner, sealSecret(kek, owner, key))).toEqual(Uint8Array.from(key));
      }),
    );
  });

  it('never seals the same key to the same bytes', () => {
    const key = new Uint8Array(16);
    expect(sealSecret(kek, owner, key)).not.toEqual(sealSecret(kek, owner, key));
  });

  it('refuses a changed byte wherever it stands', () => {
    const sealed = sealSecret(kek, owner, new Uint8Array(32).fill(7));
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const broken = Buffer.from(sealed);
        broken[at] = (broken[at] ?? 0) ^ change;
        expect(() => openSecret(kek, owner, broken)).toThrow(SealBroken);
      }),
    );
  });

  it('refuses a key that was moved to another transmitter or another world', () => {
    const sealed = sealSecret(kek, owner, new Uint8Array(16));
    const exercise = parseWorld('exercise-a') ?? LIVE;
    expect(() => openSecret(kek, { ...owner, transmitterId: newId<TransmitterId>() }, sealed)).toThrow(
      SealBroken,
    );
    expect(() => openSecret(kek, { ...owner, world: exercise }, sealed)).toThrow(SealBroken);
  });

  it('refuses the keys of a centre whose secret is another, and says what to do', () => {
    const sealed = sealSecret(kek, owner, new Uint8Array(16));
    expect(() => openSecret(keyEncryptionKey('another'), owner, sealed)).toThrow(/KENG_DEVICE_KEYS_SECRET/);
  });

  it.each([0, 1, 28, 29])('refuses %i bytes', (length) => {
    expect(() => openSecret(kek, owner, new Uint8Array(length).fill(1))).toThrow(SealBroken);
  });
});
