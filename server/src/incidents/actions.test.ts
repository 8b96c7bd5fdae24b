import type { FalseCause, IncidentState, Outcome, StationState } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { type Closing, close } from './close.ts';
import { confirm } from './confirm.ts';
import { acceptAtDesk, claim, confirmDispatch, note, release } from './desk-actions.ts';
import { byPerson, OTHER_STATION, opened, PROVINCE, person, STATION } from './incident.fixture.ts';
import { type Progress, unchanged } from './progress.ts';
import { acceptAtStation, reportFromStation } from './station-actions.ts';

const ann = person('Synthetic A');
const bo = person('Synthetic B');
const kinds = ({ drafts }: Progress): string[] => drafts.map((draft) => draft.kind);
const problem = (code: string, status: number) => expect.objectContaining({ code, status });
const desk = (who = ann) => ({ person: who, organisation: PROVINCE });
const station = (who = bo, organisation = STATION) => ({ person: who, organisation });
const accepted = (): IncidentState => acceptAtDesk(opened(), desk(), byPerson(ann)).state;

describe('claims', () => {
  it('the second one hears who was faster', () => {
    const { state } = claim(opened(), ann, false, byPerson(ann));
    expect(() => claim(state, bo, false, byPerson(bo))).toThrow(
      expect.objectContaining({
        code: 'incident.claimed',
        status: 409,
        params: expect.objectContaining({ by: ann.name }),
      }),
    );
  });

  it('the same person again changes nothing', () => {
    const { state } = claim(opened(), ann, false, byPerson(ann));
    expect(claim(state, ann, false, byPerson(ann)).drafts).toEqual([]);
  });

  it('may be taken over on purpose, or after release', () => {
    const { state } = claim(opened(), ann, false, byPerson(ann));
    expect(claim(state, bo, true, byPerson(bo)).state.claimedBy).toMatchObject(bo);
    expect(() => release(state, bo, byPerson(bo))).toThrow(problem('incident.claimed', 409));
    const free = release(state, ann, byPerson(ann)).state;
    expect(claim(free, bo, false, byPerson(bo)).state.claimedBy).toMatchObject(bo);
  });

  it('hinders nobody from accepting: time runs', () => {
    const { state } = claim(opened(), ann, false, byPerson(ann));
    expect(acceptAtDesk(state, desk(bo), byPerson(bo)).state.desk).toMatchObject(bo);
  });
});

describe('accepting', () => {
  it('stops the clock and claims what nobody had claimed', () => {
    const state = accepted();
    expect(state.clocks.desk.stoppedAt).not.toBeNull();
    expect(state.claimedBy).toMatchObject(ann);
    expect(acceptAtDesk(state, desk(), byPerson(ann)).drafts).toEqual([]);
    expect(() => acceptAtDesk(state, desk(bo), byPerson(bo))).toThrow(problem('incident.accepted', 409));
  });

  it('the station accepts apart from the desk and prepares', () => {
    const { state } = acceptAtStation(opened(), station(), byPerson(bo));
    expect(state).toMatchObject({ desk: null, stationState: { state: 'preparing' } });
    expect(state.clocks.desk.stoppedAt).toBeNull();
    expect(() => acceptAtStation(state, station(ann), byPerson(ann))).toThrow(
      problem('incident.accepted', 409),
    );
  });

  it('a station that reports has accepted', () => {
    const report = { state: 'turned-out', note: null } as const;
    const progress = reportFromStation(opened(), report, station(), byPerson(bo));
    expect(kinds(progress)).toEqual(['incident.station-accepted', 'incident.station-reported']);
    expect(reportFromStation(progress.state, report, station(), byPerson(bo)).drafts).toEqual([]);
  });
});

describe('the dispatch', () => {
  it('one key confirms what was proposed, and accepts', () => {
    const proposed = confirm(unchanged(opened()), 'desk', null, byPerson(ann)).state;
    const progress = confirmDispatch(proposed, {}, desk(), byPerson(ann));
    expect(kinds(progress)).toEqual(['incident.desk-accepted', 'incident.dispatch-confirmed']);
    expect(progress.state.dispatch).toMatchObject({
      status: 'confirmed',
      resources: [{ type: 'engine', count: 2 }],
      by: ann,
      reasons: ['desk'],
    });
  });

  it('before any proposal it is the configured first dispatch', () => {
    expect(confirmDispatch(opened(), {}, desk(), byPerson(ann)).state.dispatch.resources).toEqual([
      { type: 'engine', count: 2 },
    ]);
  });

  it('the second key of the same person changes nothing, another person hears who did it', () => {
    const { state } = confirmDispatch(accepted(), {}, desk(), byPerson(ann));
    expect(confirmDispatch(state, {}, desk(), byPerson(ann)).drafts).toEqual([]);
    const more = { resources: [{ type: 'engine', count: 5 }] };
    expect(() => confirmDispatch(state, more, desk(), byPerson(ann))).toThrow(
      problem('dispatch.confirmed', 409),
    );
    expect(() => confirmDispatch(state, {}, desk(bo), byPerson(bo))).toThrow(
      expect.objectContaining({
        code: 'dispatch.confirmed',
        params: expect.objectContaining({ by: ann.name }),
      }),
    );
  });

  it('names another station, and that station sees the entry', () => {
    const progress = confirmDispatch(accepted(), { station: OTHER_STATION }, desk(), byPerson(ann));
    expect(progress.state.station).toBe(OTHER_STATION);
    expect(progress.drafts.map(({ kind, organisation }) => [kind, organisation])).toEqual([
      ['incident.station-stood-down', STATION],
      ['incident.dispatch-confirmed', OTHER_STATION],
    ]);
    // Whoever was replaced had accepted for itself, not for the one that goes now.
    expect(progress.state).toMatchObject({
      stationAccepted: null,
      stationState: null,
      standDowns: [{ station: STATION, replacedBy: OTHER_STATION }],
      clocks: { station: { stoppedAt: null, passedAt: null } },
    });
  });

  it('nothing is proposed after it', () => {
    const { state } = confirmDispatch(accepted(), {}, desk(), byPerson(ann));
    expect(kinds(confirm(unchanged(state), 'owner-real', null, byPerson(ann)))).toEqual([
      'incident.confirmed',
    ]);
  });
});

describe('closing', () => {
  const CLOSINGS: readonly [Outcome, FalseCause | null, string | null][] = [
    ['fire', null, null],
    ['drill', null, null],
    ['false', 'cooking', null],
    ['false', 'test-not-announced', null],
    ['false', null, 'close.cause-missing'],
    ['fire', 'dust', 'close.cause-unwanted'],
    ['drill', 'fault', 'close.cause-unwanted'],
  ];
  it.each(CLOSINGS)('%s with cause %s: %s', (outcome, cause, code) => {
    const closing: Closing = { outcome, cause, note: null };
    const attempt = () => close(accepted(), closing, ann, byPerson(ann));
    if (code) expect(attempt).toThrow(problem(code, 422));
    else expect(attempt().state).toMatchObject({ status: 'closed', outcome: { outcome, cause, by: ann } });
  });

  const fire: Closing = { outcome: 'fire', cause: null, note: null };

  it('what nobody has accepted cannot be closed', () => {
    expect(() => close(opened(), fire, ann, byPerson(ann))).toThrow(problem('close.not-accepted', 409));
  });

  const OUT: readonly [StationState | null, boolean][] = [
    [null, false],
    ['preparing', false],
    ['turned-out', false],
    ['on-scene', false],
    ['under-control', true],
    ['returned', true],
  ];
  it.each(OUT)('after a dispatch, station %s: may close %s', (reported, may) => {
    const sent = confirmDispatch(accepted(), {}, desk(), byPerson(ann)).state;
    const state = reported
      ? reportFromStation(sent, { state: reported, note: null }, station(), byPerson(bo)).state
      : sent;
    if (may) expect(close(state, fire, ann, byPerson(ann)).state.status).toBe('closed');
    else {
      expect(() => close(state, fire, ann, byPerson(ann))).toThrow(problem('close.forces-out', 409));
      expect(close(state, { ...fire, note: 'by radio' }, ann, byPerson(ann)).state.status).toBe('closed');
    }
  });

  it('the same again changes nothing; another person or outcome hears who closed', () => {
    const { state } = close(accepted(), fire, ann, byPerson(ann));
    expect(close(state, fire, ann, byPerson(ann)).drafts).toEqual([]);
    expect(() => close(state, fire, bo, byPerson(bo))).toThrow(problem('incident.closed', 409));
    expect(() => close(state, { ...fire, outcome: 'drill' }, ann, byPerson(ann))).toThrow(
      problem('incident.closed', 409),
    );
  });

  it('after it only notes are added', () => {
    const { state } = close(accepted(), fire, ann, byPerson(ann));
    const closedProblem = problem('incident.closed', 409);
    expect(() => claim(state, bo, true, byPerson(bo))).toThrow(closedProblem);
    expect(() => acceptAtDesk(state, desk(bo), byPerson(bo))).toThrow(closedProblem);
    expect(() => acceptAtStation(state, station(), byPerson(bo))).toThrow(closedProblem);
    expect(() => confirmDispatch(state, {}, desk(bo), byPerson(bo))).toThrow(closedProblem);
    expect(note(state, { by: bo, text: 'Synthetic note' }, byPerson(bo)).state.status).toBe('closed');
  });
});
