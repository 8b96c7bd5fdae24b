import type { DeskFault, OrganisationCode, ShiftState } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { type DeskFacts, faultsOf, lookAtProofs, type ProofWatch } from './desk-proof.ts';

const T0 = Date.parse('2026-03-01T00:00:00.000Z');
const after = (seconds: number): Date => new Date(T0 + seconds * 1000);
const desk = (level: 'national' | 'province' | 'station' = 'province') => ({
  organisation: 'D' as OrganisationCode,
  level,
  areaCode: '01',
});
const CREW = {
  officers: [{}, {}],
  rule: { officers: 2 },
  soundTest: { heard: true },
} as unknown as ShiftState;
const screen = (seconds: number, more: Partial<DeskFacts['screens'][number]> = {}) => ({
  seenAt: after(seconds),
  sound: 'running' as const,
  visible: true,
  ...more,
});
const facts = (more: Partial<DeskFacts> = {}): DeskFacts => ({
  desk: desk(),
  attended: true,
  screens: [screen(0)],
  shift: CREW,
  silence: null,
  ...more,
});

describe('what a desk cannot prove', () => {
  it.each<[string, Partial<DeskFacts>, DeskFault[]]>([
    ['all is well', {}, []],
    ['the browser may not be heard', { screens: [screen(0, { sound: 'blocked' })] }, ['sound-blocked']],
    [
      'the clock of its sound stands still',
      { screens: [screen(0, { sound: 'stalled' })] },
      ['sound-blocked'],
    ],
    ['another screen beside it is heard', { screens: [screen(0, { sound: 'blocked' }), screen(0)] }, []],
    ['the page is hidden', { screens: [screen(0, { visible: false })] }, ['screen-hidden']],
    ['it has said nothing for half a minute', { screens: [screen(-30)] }, ['screen-asleep']],
    ['nobody is logged in', { screens: [], attended: false }, ['nobody-logged-in']],
    [
      'the machine was left asleep and the log-in ended',
      { screens: [screen(-30)], attended: false },
      ['nobody-logged-in'],
    ],
    ['somebody is there with another program', { screens: [] }, []],
    ['no shift has signed on', { shift: null }, ['no-shift']],
    ['officers are missing', { shift: { ...CREW, officers: [] } }, ['short-handed']],
    [
      'the officer did not hear the test',
      { shift: { ...CREW, soundTest: { heard: false } } as unknown as ShiftState },
      ['not-heard'],
    ],
  ])('%s', (_, more, faults) => {
    expect(faultsOf(facts(more), after(0))).toEqual(faults);
  });
});

const limit = () => ({ seconds: 30, source: 'test', official: false });
const START: ProofWatch = { lookedAt: after(-10).toISOString(), since: {}, told: {} };

/** Looks every ten seconds; the answer of each look. */
function looks(times: number, of: (second: number) => DeskFacts) {
  let watch = START;
  return Array.from({ length: times }, (_, index) => {
    const look = lookAtProofs(watch, [of(index * 10)], limit, after(index * 10));
    watch = look.watch;
    return look;
  });
}

describe('the watch', () => {
  const muted = (second: number) => facts({ screens: [screen(second, { sound: 'blocked' })] });

  it('lets a short fault pass, tells a lasting one once, and its desk does not answer', () => {
    const found = looks(6, muted);
    expect(found.map((one) => one.changed.length)).toEqual([0, 0, 0, 1, 0, 0]);
    expect(found[3]?.silent).toMatchObject([
      { organisation: 'D', level: 'province', reason: 'sound-blocked', since: after(0).toISOString() },
    ]);
  });

  it('tells when it is over, at once, and the desk answers', () => {
    const found = looks(5, (second) =>
      second < 40 ? muted(second) : facts({ screens: [screen(second)], silence: 'sound-blocked' }),
    );
    expect(found[4]?.changed).toMatchObject([{ faults: [] }]);
    expect(found[4]?.answered).toEqual(['D']);
  });

  it.each<[string, Partial<DeskFacts>]>([
    ['whose silent page was closed', { screens: [] }],
    ['whose machine sleeps until its log-in ends', { screens: [screen(-60)], attended: false }],
  ])('does not answer for a desk %s', (_, more) => {
    for (const silence of ['sound-blocked', 'screen-asleep'] as const)
      expect(looks(1, () => facts({ ...more, silence }))[0]?.answered).toEqual([]);
  });

  it('tells a hidden page, a missing crew and no shift, and moves no signal for them', () => {
    const found = looks(4, (second) => facts({ screens: [screen(second, { visible: false })], shift: null }));
    expect(found[3]?.changed).toMatchObject([
      { faults: [{ fault: 'screen-hidden' }, { fault: 'no-shift' }] },
    ]);
    expect(found.flatMap((one) => one.silent)).toEqual([]);
  });

  it('an empty station is silent; of an empty province the incidents’ own watch speaks', () => {
    const empty = (level: 'province' | 'station') =>
      looks(4, () => facts({ desk: desk(level), screens: [], attended: false })).flatMap((one) => one.silent);
    expect(empty('station')).toMatchObject([{ reason: 'nobody-logged-in', level: 'station' }]);
    expect(empty('province')).toEqual([]);
  });

  it('what it did not see does not count: after a pause the time begins anew', () => {
    const first = lookAtProofs(START, [muted(0)], limit, after(0));
    const late = lookAtProofs(first.watch, [muted(600)], limit, after(600));
    expect(late.changed).toEqual([]);
    expect(late.silent).toEqual([]);
  });

  it('does not answer for a desk that left an alarm alone', () => {
    const found = looks(1, () => facts({ silence: 'no-answer' }));
    expect(found[0]?.answered).toEqual([]);
  });
});
