import { type IncidentState, newId, type OrganisationCode } from '@keng/model';
import { describe, expect, it } from 'vitest';
import { close } from './close.ts';
import { confirm } from './confirm.ts';
import { acceptAtDesk, claim, confirmDispatch, release } from './desk-actions.ts';
import { passLimit } from './escalate.ts';
import {
  escalateSilentDesk,
  escalateSilentProvince,
  escalateSilentStation,
  escalateUnclaimed,
  recallOwner,
  remindOfDispatch,
  unanswered,
} from './follow-up.ts';
import { after, byPerson, isoAfter, opened, PROVINCE, person, STATION } from './incident.fixture.ts';
import { timersAfter } from './incident-timers.ts';
import { type Act, type Progress, SYSTEM, unchanged } from './progress.ts';
import { acceptAtStation } from './station-actions.ts';
import { answerOwner } from './verify.ts';

const at = (seconds: number): Act => ({ actor: SYSTEM, at: after(seconds) });
const officer = person('Synthetic officer');
const here = { person: officer, organisation: PROVINCE as OrganisationCode };
const done = (seconds: number): Act => byPerson(officer, after(seconds));
const deskPassed = (): IncidentState => passLimit(opened(), 'desk', at(30)).state;
const accepted = (): IncidentState => acceptAtDesk(opened(), here, done(5)).state;
const claimed = (): IncidentState => claim(opened(), officer, false, done(5)).state;
const answered = (answer: 'false' | 'checking'): IncidentState =>
  answerOwner(
    unchanged(opened()),
    { contactId: newId(), name: 'Synthetic', answer, channel: 'page' },
    done(5),
  ).state;
const closed = (): IncidentState =>
  close(accepted(), { outcome: 'drill', cause: null, note: null }, officer, done(6)).state;

/** A closed incident at which somebody says fire again at second 40. */
const reopened = (): IncidentState =>
  answerOwner(
    unchanged(closed()),
    { contactId: newId(), name: 'Synthetic', answer: 'real', channel: 'page' },
    done(40),
  ).state;

const kinds = ({ drafts }: Progress) => drafts.map((draft) => draft.kind);

describe('an alarm that nobody claims', () => {
  it('goes one level up, with the limit and its source', () => {
    const { state, drafts } = escalateUnclaimed(opened(), at(45));
    expect(drafts[0]).toMatchObject({
      kind: 'incident.escalated',
      body: {
        reason: 'unclaimed',
        to: 'province',
        limit: { seconds: 45, source: 'test unclaimed', dueAt: isoAfter(45) },
      },
    });
    expect(state).toMatchObject({ escalatedTo: 'province', nationalSounds: false });
  });

  it('goes from the province to the national desk, which sounds', () => {
    const { state } = escalateUnclaimed(deskPassed(), at(45));
    expect(state).toMatchObject({ escalatedTo: 'national', nationalSounds: true });
  });

  it.each<[string, IncidentState, number]>([
    ['not before its time', opened(), 44],
    ['somebody has claimed it', claimed(), 45],
    ['the desk has accepted', accepted(), 45],
    ['it is closed', closed(), 45],
    ['it has been told', escalateUnclaimed(opened(), at(45)).state, 46],
    ['it is at the top', { ...opened(), escalatedTo: 'national' }, 45],
    ['it was opened before limits were written', withoutLimits(opened()), 45],
    ['its time began anew with a reopening', reopened(), 45],
  ])('stays where it is: %s', (_, state, seconds) => {
    expect(escalateUnclaimed(state, at(seconds)).drafts).toEqual([]);
  });

  it('goes up again after somebody gave it back, and after a reopening', () => {
    const back = release(claimed(), officer, done(10)).state;
    expect(kinds(escalateUnclaimed(back, at(45)))).toEqual(['incident.escalated']);
    expect(kinds(escalateUnclaimed(reopened(), at(85)))).toEqual(['incident.escalated']);
  });
});

describe('a provincial desk that does not accept', () => {
  it('is passed over to the national desk, though somebody has claimed', () => {
    const { state, drafts } = escalateSilentDesk(claimed(), at(50));
    expect(drafts[0]).toMatchObject({ body: { reason: 'desk-silent', to: 'national' } });
    expect(state).toMatchObject({ escalatedTo: 'national', nationalSounds: true });
  });

  it.each<[string, IncidentState, number]>([
    ['not before its time', opened(), 49],
    ['the desk has accepted', accepted(), 50],
    ['it is closed', closed(), 50],
    ['it is at the national desk', { ...opened(), escalatedTo: 'national' }, 50],
  ])('is left alone: %s', (_, state, seconds) => {
    expect(escalateSilentDesk(state, at(seconds)).drafts).toEqual([]);
  });

  it('breaks the limit of its silence when the alarm still waits by then', () => {
    expect(unanswered(opened(), at(119))).toBeNull();
    expect(unanswered(opened(), at(120))).toMatchObject({ source: 'test silent', dueAt: isoAfter(120) });
    expect(unanswered(accepted(), at(120))).toBeNull();
  });

  it('gives its other alarms to the national desk at once, but none that it has accepted', () => {
    const limit = { seconds: 120, source: 'test silent', official: false, dueAt: isoAfter(0) };
    const { state } = escalateSilentProvince(unchanged(opened()), limit, at(1));
    expect(state).toMatchObject({ nationalSounds: true, escalations: [{ reason: 'province-silent' }] });
    expect(escalateSilentProvince(unchanged(state), limit, at(2)).drafts).toEqual([]);
    expect(escalateSilentProvince(unchanged(accepted()), limit, at(1)).drafts).toEqual([]);
  });
});

describe('a station that does not answer', () => {
  const limit = { seconds: 60, source: 'test silent station', official: false, dueAt: isoAfter(0) };
  const escalated = (state: IncidentState): Progress => escalateSilentStation(unchanged(state), limit, at(1));

  it('gives its alarms to the province at once, each one time', () => {
    const { state, drafts } = escalated(opened());
    expect(drafts[0]).toMatchObject({ body: { reason: 'station-silent', to: 'province', limit } });
    expect(escalated(state).drafts).toEqual([]);
  });

  it.each<[string, IncidentState]>([
    [
      'it has accepted it before',
      acceptAtStation(opened(), { person: officer, organisation: STATION }, done(0)).state,
    ],
    ['it is closed', closed()],
    ['no station was found for it', { ...opened(), station: null }],
  ])('leaves one alone: %s', (_, state) => {
    expect(escalated(state).drafts).toEqual([]);
  });
});

describe('a dispatch that is ready and not ordered', () => {
  const proposed = (): IncidentState => confirm(unchanged(accepted()), 'desk', null, done(10)).state;

  it('reminds the desk, and the second time the national desk as well', () => {
    const first = remindOfDispatch(proposed(), 1, at(45));
    expect(first.drafts[0]).toMatchObject({
      kind: 'incident.dispatch-reminded',
      body: { count: 1, escalatedTo: null, limit: { seconds: 35, dueAt: isoAfter(45) } },
    });
    expect(first.state).toMatchObject({ nationalSounds: false, dispatch: { reminders: 1 } });
    const second = remindOfDispatch(first.state, 2, at(80));
    expect(second.state).toMatchObject({ nationalSounds: true, dispatch: { reminders: 2 } });
    expect(timersAfter(second.state, new Set(['incident.dispatch-reminded']))).toEqual([]);
  });

  it.each<[string, IncidentState, number, number]>([
    ['nothing is proposed', accepted(), 1, 45],
    ['not before its time', proposed(), 1, 44],
    ['the desk was reminded', remindOfDispatch(proposed(), 1, at(45)).state, 1, 46],
    ['it is ordered', confirmDispatch(proposed(), {}, here, done(20)).state, 1, 45],
  ])('says nothing: %s', (_, state, count, seconds) => {
    expect(remindOfDispatch(state, count, at(seconds)).drafts).toEqual([]);
  });

  it('waits anew after a reopening', () => {
    const drill = { outcome: 'drill', cause: null, note: null } as const;
    const shut = close(remindOfDispatch(proposed(), 1, at(45)).state, drill, officer, done(46)).state;
    const open = answerOwner(
      unchanged(shut),
      { contactId: newId(), name: 'Synthetic', answer: 'real', channel: 'page' },
      done(60),
    );
    expect(open.state.dispatch.reminders).toBeUndefined();
    const timers = timersAfter(open.state, new Set(open.drafts.map((draft) => draft.kind)));
    expect(timers).toContainEqual({ body: { reminder: 1 }, dueAt: after(95) });
  });
});

describe('an owner whom nobody reaches', () => {
  it('is called again, once', () => {
    const { state, drafts } = recallOwner(opened(), at(35));
    expect(drafts[0]).toMatchObject({ kind: 'incident.owner-recalled', body: { limit: { seconds: 35 } } });
    expect(state.owner.recalledAt).toBe(isoAfter(35));
    expect(recallOwner(state, at(36)).drafts).toEqual([]);
  });

  it.each<[string, IncidentState]>([
    ['somebody says false', answered('false')],
    ['somebody is checking', answered('checking')],
    ['it is closed', closed()],
  ])('is left in peace: %s', (_, state) => {
    expect(recallOwner(state, at(35)).drafts).toEqual([]);
  });
});

function withoutLimits({ limits: _limits, ...rest }: IncidentState): IncidentState {
  return rest;
}
