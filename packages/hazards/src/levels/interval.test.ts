import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  above,
  aboveTo,
  below,
  contains,
  exactly,
  from,
  fromBelow,
  fromTo,
  intervalText,
  upTo,
} from './interval.ts';

const nothing = () => undefined;

describe('intervals', () => {
  it.each([
    ['from 2 to 4', fromTo(2, 4), { 1.99: false, 2: true, 3: true, 4: true, 4.01: false }, '[2, 4]'],
    ['from above 2 to 4', aboveTo(2, 4), { 2: false, 2.01: true, 4: true, 4.01: false }, '(2, 4]'],
    ['from 2 to below 4', fromBelow(2, 4), { 1.99: false, 2: true, 3.99: true, 4: false }, '[2, 4)'],
    ['from 2', from(2), { 1.99: false, 2: true, 99: true }, '≥ 2'],
    ['above 2', above(2), { 2: false, 2.01: true }, '> 2'],
    ['not above 4', upTo(4), { [-99]: true, 4: true, 4.01: false }, '≤ 4'],
    ['below 4', below(4), { 3.99: true, 4: false }, '< 4'],
    ['exactly 4', exactly(4), { 3.99: false, 4: true, 4.01: false }, '= 4'],
  ])('%s', (_name, interval, cases, text) => {
    for (const [value, inside] of Object.entries(cases))
      expect(contains(interval, Number(value), nothing), value).toBe(inside);
    expect(intervalText(interval)).toBe(text);
  });

  it('a bound may be an attribute with something added, free of the noise of floating point', () => {
    const interval = fromBelow({ attribute: 'mark', plus: 0.3 }, { attribute: 'mark', plus: 1 });
    const mark = () => 1.1;
    expect(1.1 + 0.3).not.toBe(1.4);
    expect(contains(interval, 1.4, mark)).toBe(true);
    expect(contains(interval, 1.399, mark)).toBe(false);
    expect(contains(interval, 2.1, mark)).toBe(false);
    expect(intervalText(interval)).toBe('[mark + 0.3, mark + 1)');
  });

  it('a missing attribute is named where it decides, and only there', () => {
    const interval = fromTo(1, { attribute: 'record' });
    expect(contains(interval, 2, nothing)).toEqual(['record']);
    expect(contains(interval, 0.5, nothing)).toBe(false);
  });

  it('neighbours that share a bound never both hold', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
        fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
        (bound, value) => {
          const left = contains(upTo(bound), value, nothing);
          const right = contains(above(bound), value, nothing);
          expect(left).toBe(!right);
          expect(contains(below(bound), value, nothing)).toBe(!contains(from(bound), value, nothing));
        },
      ),
    );
  });
});
