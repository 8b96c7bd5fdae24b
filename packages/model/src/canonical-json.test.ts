import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

it('sorts members, drops undefined ones and keeps arrays in order', () => {
  expect(canonicalJson({ b: 1, a: [2, { d: null, c: 'ế' }], e: undefined })).toBe(
    '{"a":[2,{"c":"ế","d":null}],"b":1}',
  );
});

it('refuses what JSON cannot say', () => {
  expect(() => canonicalJson({ a: Number.NaN })).toThrow(/NaN/);
});

it('reads back as the same value, and gives the same text whatever the order of members', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
});
