import { applyIncident, type IncidentState, type JoinedSignal, LIVE, type SignalClass } from '@keng/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldSignals } from './fold.ts';
import { isoAfter, joined, opened } from './incident.fixture.ts';

const CLASSES: readonly SignalClass[] = [
  'alarm',
  'unverified',
  'restore',
  'cancel',
  'trouble',
  'trouble-restore',
  'near-alarm',
  'silenced',
];

const batch = fc
  .array(
    fc.record({
      zone: fc.constantFrom('1', '2', '3'),
      class: fc.constantFrom(...CLASSES),
      later: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 40 },
  )
  .map((list) => {
    let at = 1;
    return list.map((one) => {
      at += one.later;
      return joined(one.zone, { class: one.class, family: 'smoke', at: isoAfter(at) });
    });
  });

function join(
  state: IncidentState,
  signals: readonly JoinedSignal[],
  repeats: ReturnType<typeof foldSignals>['repeats'] = [],
) {
  const next = applyIncident(state, {
    world: LIVE,
    position: 0,
    kind: 'incident.signals-joined',
    version: 1,
    lane: 0,
    subject: state.id,
    organisation: null,
    facility: null,
    revision: null,
    at: isoAfter(500),
    recordedAt: isoAfter(500),
    actor: { kind: 'system', id: 'test' },
    body: { signals: [...signals], repeats: [...repeats] },
  });
  if (next === null) throw new Error('no state');
  return next;
}

describe('folding', () => {
  it('shows the same lines as every signal one by one, from any state and in any batches', () => {
    fc.assert(
      fc.property(batch, batch, (first, second) => {
        const before = join(opened(), first);
        const { signals, repeats } = foldSignals(before.zones, second);
        const folded = join(before, signals, repeats);
        const single = join(before, second);
        expect(folded.zones).toEqual(single.zones);
        expect(folded.signalCount).toBe(single.signalCount);
        expect(folded.lastFireAt).toBe(single.lastFireAt);
        expect(folded.lastSignalAt).toBe(single.lastSignalAt);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps at most three signals for each zone', () => {
    fc.assert(
      fc.property(batch, (signals) => {
        const folded = foldSignals([], signals);
        for (const zone of ['1', '2', '3']) {
          expect(folded.signals.filter((one) => one.zone === zone).length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });
});
