import type { FacilityBody } from '@keng/model';
import { comparableNumber } from '../rules.ts';
import { comparableText } from './match-keys.ts';

/** Why two entries may be the same building, or may not. */
export type DuplicateReason =
  | {
      readonly code: 'same-name' | 'same-address' | 'same-telephone';
      readonly points: number;
      readonly value: string;
    }
  | { readonly code: 'similar-name' | 'similar-address'; readonly points: number; readonly percent: number }
  | { readonly code: 'near' | 'far'; readonly points: number; readonly metres: number }
  | { readonly code: 'other-area' | 'other-category' | 'both-numbered'; readonly points: number };

export interface DuplicateScore {
  readonly points: number;
  readonly reasons: readonly DuplicateReason[];
}

/** From here on a person is asked; no number merges anything by itself. */
export const PROPOSED_FROM = 60;

const SIMILAR = 0.75;
const NEAR_METRES = 150;
const FAR_METRES = 2_000;

export type Compared = Pick<
  FacilityBody,
  'name' | 'address' | 'areaCode' | 'position' | 'category' | 'contacts' | 'reference'
>;

/**
 * How likely two entries of the register are one facility. Points are ours: no single sign is enough, since a guard may answer for
 * two buildings and a chain has one name.
 */
export function scoreDuplicate(one: Compared, other: Compared, telephonePrefix: string): DuplicateScore {
  const reasons: DuplicateReason[] = [
    ...textReasons('name', one.name, other.name, 40, 25),
    ...textReasons('address', one.address, other.address, 30, 20),
    ...telephoneReasons(one, other, telephonePrefix),
    ...placeReasons(one, other),
    ...(one.category === other.category ? [] : [{ code: 'other-category', points: -10 } as const]),
    // Whoever keeps the numbers gave two: they thought of two.
    ...(one.reference && other.reference && one.reference !== other.reference
      ? [{ code: 'both-numbered', points: -15 } as const]
      : []),
  ];
  return { points: reasons.reduce((sum, reason) => sum + reason.points, 0), reasons };
}

function textReasons(
  what: 'name' | 'address',
  one: string,
  other: string,
  same: number,
  similar: number,
): DuplicateReason[] {
  const [left, right] = [comparableText(one), comparableText(other)];
  if (left === '' || right === '') return [];
  if (left === right) return [{ code: `same-${what}`, points: same, value: one }];
  const alike = similarity(left, right);
  if (alike < SIMILAR) return [];
  return [{ code: `similar-${what}`, points: similar, percent: Math.round(alike * 100) }];
}

function telephoneReasons(one: Compared, other: Compared, prefix: string): DuplicateReason[] {
  const known = new Set(other.contacts.map((contact) => comparableNumber(contact.telephone, prefix)));
  const shared = one.contacts.filter((contact) => known.has(comparableNumber(contact.telephone, prefix)));
  const [first] = shared;
  if (first === undefined) return [];
  // A second number says little more than the first.
  return [{ code: 'same-telephone', points: shared.length > 1 ? 40 : 30, value: first.telephone }];
}

function placeReasons(one: Compared, other: Compared): DuplicateReason[] {
  if (one.areaCode !== other.areaCode) return [{ code: 'other-area', points: -40 }];
  if (one.position === null || other.position === null) return [];
  const metres = Math.round(metresBetween(one.position, other.position));
  if (metres <= NEAR_METRES) return [{ code: 'near', points: 25, metres }];
  return metres > FAR_METRES ? [{ code: 'far', points: -40, metres }] : [];
}

/** Dice's coefficient over pairs of letters: 1 for the same text, 0 for nothing in common; blind to the order of words. */
export function similarity(one: string, other: string): number {
  const pairs = (text: string): string[] =>
    text.split(' ').flatMap((word) => {
      const edged = ` ${word} `;
      return Array.from({ length: edged.length - 1 }, (_, at) => edged.slice(at, at + 2));
    });
  const left = pairs(one);
  const right = pairs(other);
  const counts = new Map<string, number>();
  for (const pair of left) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of right) {
    const count = counts.get(pair) ?? 0;
    if (count === 0) continue;
    shared += 1;
    counts.set(pair, count - 1);
  }
  return (2 * shared) / (left.length + right.length);
}

/** On a sphere; good to a thousandth at the distances that matter here. */
function metresBetween(one: readonly [number, number], other: readonly [number, number]): number {
  const radians = Math.PI / 180;
  const x = (other[0] - one[0]) * Math.cos(((one[1] + other[1]) / 2) * radians);
  return Math.hypot(x, other[1] - one[1]) * radians * 6_371_000;
}
