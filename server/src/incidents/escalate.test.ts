import { CLOCKS, type ClockName, type ContactId, type IncidentState, newId } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { acceptAtDesk } from './desk-actions.ts';
import { clockTimers, passLimit } from './escalate.ts';
import { after, byPerson, isoAfter, opened, PROVINCE, person, STATION } from './incident.fixture.ts';
import { SYSTEM, unchanged } from './progress.ts';
import { acceptAtStation } from './station-actions.ts';
import { answerOwner } from './verify.ts';

const pass = (state: IncidentState, clock: ClockName, seconds = 100) =>
  passLimit(state, clock, { actor: SYSTEM, at: after(seconds) });
const officer = person('Synthetic officer');

/** What stops each clock, `seconds` after the signal. */
function act(clock: ClockName, seconds: number): IncidentState {
  const state = opened();
  const done = byPerson(officer, after(seconds));
  if (clock === 'desk') return acceptAtDesk(state, { person: officer, organisation: PROVINCE }, done).state;
  if (clock === 'station')
    return acceptAtStation(state, { person: officer, organisation: STATION }, done).state;
  const answer = {
    contactId: newId<ContactId>(),
    name: 'Synthetic',
    answer: 'false',
    channel: 'telephone',
  } as const;
  return answerOwner(unchanged(state), answer, done).state;
}

describe('three clocks in parallel', () => {
  it('all run from the signal', () => {
    expect(clockTimers(opened())).toEqual([
      { clock: 'owner', dueAt: after(60) },
      { clock: 'desk', dueAt: after(30) },
      { clock: 'station', dueAt: after(40) },
    ]);
  });

  it.each([
    ['station', 'province', false],
    ['desk', 'province', false],
    ['owner', null, false],
  ] as const)('%s silent: escalated to %s', (clock, level, sounds) => {
    const { state, drafts } = pass(opened(), clock);
    expect(drafts[0]).toMatchObject({ kind: 'incident.limit-passed', body: { clock, escalatedTo: level } });
    expect(state.escalatedTo).toBe(level);
    expect(state.nationalSounds).toBe(sounds);
    expect(state.clocks[clock].passedAt).toBe(isoAfter(100));
  });

  it('the owner silent: the configured first dispatch is ready', () => {
    expect(pass(opened(), 'owner').state.dispatch).toMatchObject({
      status: 'proposed',
      reasons: ['owner-silent'],
      resources: [{ type: 'engine', count: 2 }],
      source: 'test dispatch',
    });
  });

  it('silence after "checking" ends the same', () => {
    const body = { contactId: null, name: 'Synthetic', answer: 'checking', channel: 'page' } as const;
    const { state } = answerOwner(unchanged(opened()), body, { actor: SYSTEM, at: after(20) });
    expect(pass(state, 'owner').state.dispatch.reasons).toEqual(['owner-silent']);
  });

  it.each(CLOCKS)('%s: whoever acted in time has nothing to fear', (clock) => {
    expect(pass(act(clock, 20), clock).drafts).toEqual([]);
  });

  it.each(CLOCKS)('%s: acting late is noted and escalates nothing any more', (clock) => {
    const { state, drafts } = pass(act(clock, 90), clock);
    expect(drafts).toMatchObject([{ kind: 'incident.limit-passed', body: { clock, escalatedTo: null } }]);
    expect(state.dispatch.status).toBe('none');
  });

  it.each(CLOCKS)('%s: a limit passes once, and not before its time', (clock) => {
    expect(pass(opened(), clock, 29).drafts).toEqual([]);
    expect(pass(pass(opened(), clock).state, clock).drafts).toEqual([]);
  });

  it('one clock moves no other', () => {
    const { state } = pass(opened(), 'desk');
    expect(state.clocks.owner).toEqual(opened().clocks.owner);
    expect(state.clocks.station).toEqual(opened().clocks.station);
  });

  it('escalation never goes down again', () => {
    const national: IncidentState = { ...opened(), escalatedTo: 'national' };
    expect(pass(national, 'station').state.escalatedTo).toBe('national');
  });

  it('a closed incident escalates no more', () => {
    expect(pass({ ...opened(), status: 'closed' }, 'desk').drafts).toEqual([]);
  });
});
