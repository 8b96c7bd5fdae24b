import {
  type FacilityId,
  type IncidentId,
  type IncidentState,
  LIVE,
  type LogEntry,
  newId,
  type SignalClass,
  type SignalEvent,
  type SignalFamily,
  type TransmitterId,
  type WorksState,
} from '@keng/model';
import { describe, expect, it } from 'vitest';
import { correlate, gatherEvents } from './correlate.ts';
import { hear } from './hear.ts';
import {
  after,
  event,
  FACILITY,
  FACTS,
  isoAfter,
  opened,
  signal,
  T0,
  TEST_POLICY,
  works,
} from './incident.fixture.ts';
import { type Progress, SYSTEM } from './progress.ts';

/** One batch through all the rules, as the correlator does it. */
function run(
  signals: readonly LogEntry<'signal.received'>[],
  open: readonly IncidentState[] = [],
  planned: readonly WorksState[] = [],
): {
  readonly progress: Progress[];
  readonly kinds: string[];
  readonly states: IncidentState[];
  readonly muted: number;
} {
  const facilities = new Map([[FACILITY, FACTS]]);
  const { heard, muted } = hear(signals, facilities, planned);
  let number = 1;
  const correlation = {
    world: LIVE,
    policy: TEST_POLICY,
    facilities,
    newId: () => newId<IncidentId>(),
    nextNumber: () => number++,
  };
  const progress = gatherEvents(heard, open, TEST_POLICY).map((one) =>
    correlate(one, correlation, { actor: SYSTEM, at: after(1) }),
  );
  return {
    progress,
    kinds: progress.flatMap((one) => one.drafts.map((draft) => draft.kind)),
    states: progress.map((one) => one.state),
    muted: muted.length,
  };
}

const alarm = (zone: string | null, seconds = 0, more: Partial<SignalEvent> = {}) =>
  signal([event(zone, more)], { at: after(seconds) });

describe('what opens an incident', () => {
  const FAMILIES: readonly SignalFamily[] = [
    'fire',
    'heat',
    'smoke',
    'combustion',
    'flame',
    'duct',
    'sprinkler',
    'manual',
    'gas',
  ];
  it.each(FAMILIES)('an alarm of family %s opens one', (family) => {
    expect(run([alarm('1', 0, { family })]).kinds).toContain('incident.opened');
  });

  it('an unverified alarm opens one: nothing is lost by it, and it proves nothing yet', () => {
    const { states } = run([alarm('1', 0, { class: 'unverified' })]);
    expect(states[0]?.confidence).toBe('single');
  });

  const NEVER: readonly SignalClass[] = [
    'restore',
    'trouble',
    'trouble-restore',
    'supervisory',
    'supervisory-restore',
    'disable',
    'enable',
    'test',
    'cancel',
    'silenced',
    'near-alarm',
    'tamper',
    'tamper-restore',
    'service',
    'other',
  ];
  it.each(NEVER)('a signal of class %s never opens one', (kind) => {
    expect(run([alarm('1', 0, { class: kind })]).progress).toEqual([]);
  });

  it('an alarm of water or of the system is no fire', () => {
    expect(run([alarm('1', 0, { family: 'water' }), alarm('1', 0, { family: 'system' })]).progress).toEqual(
      [],
    );
  });

  it('an unknown zone alarms with its number', () => {
    expect(run([alarm('99')]).states[0]?.zones).toMatchObject([{ zone: '99', label: null, class: 'alarm' }]);
  });

  it('a frame without a zone alarms for the panel as a whole', () => {
    expect(run([alarm(null)]).states[0]?.zones).toMatchObject([{ zone: '*' }]);
  });

  it('begins with the signal: the three clocks run from it, not from when the centre got to it', () => {
    const { states } = run([alarm('1', -300)]);
    expect(states[0]?.openedAt).toBe(isoAfter(-300));
    expect(states[0]?.clocks).toMatchObject({
      owner: { dueAt: isoAfter(-240), source: 'test owner' },
      desk: { dueAt: isoAfter(-270) },
      station: { dueAt: isoAfter(-260) },
    });
  });

  it('carries the first dispatch and its source with it', () => {
    expect(run([alarm('1')]).states[0]?.firstDispatch).toEqual({
      resources: [{ type: 'engine', count: 2 }],
      source: 'test dispatch',
      official: false,
    });
  });

  it('an alarm of a building that the register does not hold is an error that is shown, never a silence', () => {
    expect(() => run([signal([event('1')], { facility: newId<FacilityId>() })])).toThrow(
      /register holds no facility/,
    );
  });
});

describe('one event, one incident', () => {
  it('signals of one facility join one incident', () => {
    const { progress, states } = run([alarm('1'), alarm('1', 5), alarm('1', 9)]);
    expect(progress).toHaveLength(1);
    expect(states[0]?.signalCount).toBe(3);
  });

  it.each([
    ['inside the window', 599, 0],
    ['at its end', 600, 0],
    ['after it', 601, 1],
  ])('an alarm %s of the last one: %i s', (_, seconds, opens) => {
    const { kinds } = run([alarm('1', seconds)], [opened()]);
    expect(kinds.filter((kind) => kind === 'incident.opened')).toHaveLength(opens);
  });

  it('an alarm long after joins all the same while crews are out', () => {
    const state: IncidentState = { ...opened(), stationState: { state: 'on-scene', at: T0.toISOString() } };
    expect(run([alarm('1', 9_000)], [state]).kinds).toEqual(['incident.signals-joined']);
    const home: IncidentState = { ...state, stationState: { state: 'returned', at: T0.toISOString() } };
    expect(run([alarm('1', 9_000)], [home]).kinds).toContain('incident.opened');
  });

  it('a fault every few minutes does not keep an old incident alive for the next alarm', () => {
    const faults = run(
      [alarm('1', 500, { class: 'trouble' }), alarm('2', 580, { class: 'trouble' })],
      [opened()],
    );
    const state = faults.states[0];
    expect(state && run([alarm('1', 700)], [state]).kinds).toContain('incident.opened');
  });

  it('two alarms of one batch that are far apart are two events', () => {
    expect(run([alarm('1', 0), alarm('1', 601)]).progress).toHaveLength(2);
  });

  it.each<SignalClass>([
    'restore',
    'cancel',
    'trouble',
    'supervisory',
    'silenced',
    'near-alarm',
    'disable',
    'tamper',
  ])('a %s of the facility joins and neither closes nor confirms', (kind) => {
    const before = opened();
    const { kinds, states } = run([alarm('1', 10, { class: kind })], [before]);
    expect(kinds).toEqual(['incident.signals-joined']);
    expect(states[0]).toMatchObject({
      status: 'open',
      confidence: 'single',
      clocks: before.clocks,
      owner: before.owner,
    });
  });

  it.each<SignalClass>(['test', 'service'])('a %s does not join', (kind) => {
    expect(run([alarm('1', 10, { class: kind })], [opened()]).progress).toEqual([]);
  });

  it('a fault from before the alarm, which waited in a slower lane, does not join', () => {
    expect(run([alarm('1', -10, { class: 'trouble' })], [opened()]).progress).toEqual([]);
  });
});

describe('what raises the confidence', () => {
  const CASES: readonly [string, readonly SignalEvent[], readonly string[]][] = [
    ['one detector', [event('1')], []],
    ['the same detector again', [event('1'), event('1')], []],
    ['the same detector with leading zeros', [event('1'), event('001')], []],
    ['a second detector', [event('1'), event('2')], ['second-detector']],
    ['a second detector that is not registered', [event('1'), event('99')], ['second-detector']],
    ['a call point by its code', [event('1', { family: 'manual' })], ['manual-call-point']],
    ['a call point by its registration', [event('7')], ['manual-call-point']],
    ['water flow', [event('8', { family: 'sprinkler' })], ['sprinkler-flow']],
    ['the panel as a whole beside a detector', [event('1'), event(null)], []],
    ['zone 000 of Contact ID beside a detector', [event('1'), event('000')], []],
    [
      'two detectors, both unverified',
      [event('1', { class: 'unverified' }), event('2', { class: 'unverified' })],
      [],
    ],
    ['two detectors, one unverified', [event('1'), event('2', { class: 'unverified' })], ['second-detector']],
    ['a near alarm beside a detector', [event('1'), event('2', { class: 'near-alarm' })], []],
    ['a call point and a detector', [event('1'), event('7')], ['manual-call-point']],
  ];
  it.each(CASES)('%s', (_, events, confirmations) => {
    const { states, kinds } = run([signal(events)]);
    expect(states[0]?.confirmations).toEqual(confirmations);
    expect(states[0]?.confidence).toBe(confirmations.length > 0 ? 'confirmed' : 'single');
    // What confirms makes the first dispatch ready at once.
    expect(kinds.filter((kind) => kind === 'incident.dispatch-proposed')).toHaveLength(confirmations.length);
  });

  it('zone 1 of two transmitters of a building is two detectors', () => {
    const { states } = run([alarm('1'), signal([event('1')], { transmitter: newId<TransmitterId>() })]);
    expect(states[0]?.confirmations).toEqual(['second-detector']);
    expect(states[0]?.zones).toHaveLength(2);
  });

  it('confirms an incident that is open, once', () => {
    const { kinds, states } = run([alarm('2', 30)], [opened()]);
    expect(kinds).toEqual(['incident.signals-joined', 'incident.confirmed', 'incident.dispatch-proposed']);
    const state = states[0];
    expect(state && run([alarm('3', 40)], [state]).kinds).toEqual(['incident.signals-joined']);
  });

  it('confirms after the owner has said false, and proposes the dispatch', () => {
    const state: IncidentState = { ...opened(), owner: { ...opened().owner, answer: 'false' } };
    expect(run([alarm('2', 30)], [state]).states[0]).toMatchObject({
      confidence: 'confirmed',
      dispatch: {
        status: 'proposed',
        reasons: ['second-detector'],
        resources: [{ type: 'engine', count: 2 }],
      },
    });
  });
});

describe('chatter', () => {
  it('a thousand repeats of a zone in a batch are one entry and keep counting', () => {
    const batch = Array.from({ length: 1_000 }, (_, index) => alarm('1', index / 10));
    const { kinds, states } = run(batch, [opened()]);
    expect(kinds).toEqual(['incident.signals-joined']);
    expect(states[0]?.zones).toMatchObject([{ zone: '1', count: 1_001 }]);
    expect(states[0]?.signalCount).toBe(1_001);
  });

  it('a panel that invents zones fills at most 501 lines and loses no count', () => {
    const batch = Array.from({ length: 40 }, (_, frame) =>
      signal(Array.from({ length: 50 }, (_, index) => event(`Z${frame * 50 + index}`))),
    );
    const { states } = run(batch);
    expect(states[0]?.zones).toHaveLength(501);
    expect(states[0]?.zones.at(-1)).toMatchObject({ zone: '…', count: 1_500 });
    expect(states[0]?.signalCount).toBe(2_000);
  });
});

describe('planned works', () => {
  const CASES: readonly [string, Partial<WorksState>, SignalEvent, boolean][] = [
    ['a named zone is muted', {}, event('1'), true],
    ['a named zone is muted as the panel writes it', {}, event('001'), true],
    ['another zone rings', {}, event('2'), false],
    ['an unknown zone rings', {}, event('99'), false],
    ['the panel as a whole rings', {}, event(null), false],
    ['nothing is muted before the call-back', { calledBack: null }, event('1'), false],
    ['nothing is muted before they begin', { from: isoAfter(60) }, event('1'), false],
    ['nothing is muted at their end', { until: T0.toISOString() }, event('1'), false],
    [
      'nothing is muted after they were ended',
      { ended: { reason: 'person', at: isoAfter(-1) } },
      event('1'),
      false,
    ],
    ['another transmitter rings', { transmitterId: newId<TransmitterId>() }, event('1'), false],
    ['a call point rings although works name it', { zones: ['7'] }, event('7'), false],
    [
      'a call point by its code rings although its zone is named',
      {},
      event('1', { family: 'manual' }),
      false,
    ],
    ['a near alarm of a named zone is muted', {}, event('1', { class: 'near-alarm' }), true],
  ];
  it.each(CASES)('%s', (_, more, one, silent) => {
    const { muted, kinds } = run([signal([one])], [], [works(more)]);
    expect(muted).toBe(silent ? 1 : 0);
    expect(kinds.includes('incident.opened')).toBe(!silent);
  });

  it('a muted zone beside a ringing one of the same frame mutes only itself', () => {
    const { muted, states } = run([signal([event('1'), event('2')])], [], [works()]);
    expect(muted).toBe(1);
    expect(states[0]?.zones).toMatchObject([{ zone: '2' }]);
    expect(states[0]?.confidence).toBe('single');
  });
});
