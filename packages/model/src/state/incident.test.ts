import { describe, expect, it } from 'vitest';
import { type AnyEntry, ENTRY_KINDS, type EntryBody, type EntryKind } from '../entry.ts';
import {
  type ContactId,
  type FacilityId,
  type IncidentId,
  newId,
  type OrganisationCode,
  type SignalId,
  type UserId,
} from '../ids.ts';
import { LIVE } from '../world.ts';
import { applyIncident, isIncidentEntry } from './incident.ts';
import { combineAnswers } from './incident-answers.ts';
import type { IncidentState, OwnerAnswerState } from './incident-state.ts';
import { urgencyOf } from './urgency.ts';

const incidentId = newId<IncidentId>();
const facilityId = newId<FacilityId>();
const by = { id: newId<UserId>(), name: 'Sĩ quan trực (giả lập)' };
const contact = newId<ContactId>();

function clockOf(dueAt: string): { seconds: number; dueAt: string; source: string; official: boolean } {
  return { seconds: 60, dueAt, source: 'test', official: false };
}

const opened: EntryBody<'incident.opened'> = {
  number: 231,
  type: 'fire-alarm',
  facility: {
    id: facilityId,
    name: 'Trường mầm non (giả lập)',
    address: '1 Trần Hưng Đạo',
    category: 'kindergarten',
    position: [105.85, 21.02],
    managingLevel: 'province',
    areaCode: '01',
    synthetic: true,
  },
  province: 'pc07-01' as OrganisationCode,
  station: 'st-01-01' as OrganisationCode,
  signals: [
    {
      signalId: newId<SignalId>(),
      zone: '12',
      zoneLabel: 'Tầng 2',
      family: 'smoke',
      class: 'alarm',
      at: '2026-01-15T03:00:00.000Z',
    },
  ],
  clocks: {
    owner: clockOf('2026-01-15T03:01:00.000Z'),
    desk: clockOf('2026-01-15T03:00:30.000Z'),
    station: clockOf('2026-01-15T03:01:00.000Z'),
  },
  nationalSounds: false,
};

let revision = 0;
function entry<Kind extends EntryKind>(
  kind: Kind,
  body: EntryBody<Kind>,
  at = '2026-01-15T03:00:05.000Z',
): AnyEntry {
  revision += 1;
  // Test bodies are typed by kind above; only the union is wider.
  return {
    world: LIVE,
    position: revision,
    kind,
    version: ENTRY_KINDS[kind].version,
    lane: 0,
    subject: incidentId,
    organisation: opened.station,
    facility: facilityId,
    revision,
    at,
    recordedAt: at,
    actor: { kind: 'system', id: 'test' },
    body,
  } as unknown as AnyEntry;
}

function fold(...entries: readonly AnyEntry[]): IncidentState {
  const state = entries.filter(isIncidentEntry).reduce<IncidentState | null>(applyIncident, null);
  if (state === null) throw new Error('the incident was never opened');
  return state;
}

function story(): AnyEntry[] {
  revision = 0;
  return [entry('incident.opened', opened, '2026-01-15T03:00:00.000Z')];
}

const signal = (zone: string, signalClass: 'alarm' | 'restore' = 'alarm') => ({
  signalId: newId<SignalId>(),
  zone,
  zoneLabel: null,
  family: 'smoke' as const,
  class: signalClass,
  at: '2026-01-15T03:00:10.000Z',
});

describe('the state of an incident', () => {
  it('folds a zone that speaks again into one line and keeps counting', () => {
    const state = fold(
      ...story(),
      entry('incident.signals-joined', {
        signals: [signal('12'), signal('13')],
        repeats: [{ zone: '12', count: 40, lastAt: '2026-01-15T03:00:20.000Z' }],
      }),
    );
    expect(state.zones.map((zone) => [zone.zone, zone.count])).toEqual([
      ['12', 42],
      ['13', 1],
    ]);
    expect(state.signalCount).toBe(43);
    expect(state.lastSignalAt).toBe('2026-01-15T03:00:20.000Z');
  });

  it('keeps the line of a zone that was restored, and opens it again when it alarms again', () => {
    const restored = fold(
      ...story(),
      entry('incident.signals-joined', { signals: [signal('12', 'restore')], repeats: [] }),
    );
    expect(restored.zones[0]).toMatchObject({ class: 'alarm', restoredAt: '2026-01-15T03:00:10.000Z' });
    const again = fold(
      ...story(),
      entry('incident.signals-joined', { signals: [signal('12', 'restore'), signal('12')], repeats: [] }),
    );
    expect(again.zones[0]).toMatchObject({ class: 'alarm', restoredAt: null });
  });

  it('stops the desk clock when the desk accepts, and still shows that it had run out', () => {
    const state = fold(
      ...story(),
      entry(
        'incident.limit-passed',
        { clock: 'desk', dueAt: opened.clocks.desk.dueAt, escalatedTo: 'national' },
        '2026-01-15T03:00:30.000Z',
      ),
      entry('incident.desk-accepted', { by, organisation: opened.province }, '2026-01-15T03:00:40.000Z'),
    );
    expect(state.clocks.desk).toMatchObject({
      passedAt: '2026-01-15T03:00:30.000Z',
      stoppedAt: '2026-01-15T03:00:40.000Z',
    });
    expect(state).toMatchObject({ escalatedTo: 'national', nationalSounds: true, desk: by, claimedBy: by });
  });

  it('an owner who says false stops the owner clock and nothing else', () => {
    const before = fold(
      ...story(),
      entry('incident.dispatch-proposed', {
        reason: 'second-detector',
        resources: [{ type: 'engine', count: 2 }],
        source: 'test',
        official: false,
      }),
    );
    const after = fold(
      ...story(),
      entry('incident.dispatch-proposed', {
        reason: 'second-detector',
        resources: [{ type: 'engine', count: 2 }],
        source: 'test',
        official: false,
      }),
      entry('incident.owner-answered', {
        contactId: contact,
        name: 'Liên hệ 1',
        answer: 'false',
        channel: 'page',
      }),
    );
    expect(after.status).toBe('open');
    expect(after.dispatch).toEqual(before.dispatch);
    expect(after.clocks.desk.stoppedAt).toBeNull();
  });

  it('ignores entries that its snapshot has already seen', () => {
    const entries = [
      ...story(),
      entry('incident.claimed', { by }),
      entry('incident.noted', { by, text: 'khói' }),
    ];
    const state = fold(...entries);
    expect(fold(...entries, ...entries)).toEqual(state);
    expect(state.entries).toBe(3);
  });

  it('a confirmed dispatch is not turned back into a proposal by a later reason', () => {
    const state = fold(
      ...story(),
      entry('incident.dispatch-confirmed', { by, resources: [{ type: 'engine', count: 3 }], station: null }),
      entry('incident.dispatch-proposed', {
        reason: 'owner-silent',
        resources: [{ type: 'engine', count: 2 }],
        source: 'test',
        official: false,
      }),
    );
    expect(state.dispatch).toMatchObject({ status: 'confirmed', resources: [{ type: 'engine', count: 3 }] });
  });
});

describe('answers of the owner', () => {
  const said = (person: string, answer: OwnerAnswerState['answer']): OwnerAnswerState => ({
    contactId: null,
    name: person,
    answer,
    channel: 'page',
    at: '',
  });

  it.each<[string, OwnerAnswerState[], IncidentState['owner']['answer']]>([
    ['nobody', [], 'none'],
    ['one says real', [said('A', 'real')], 'real'],
    ['one says false', [said('A', 'false')], 'false'],
    ['one checks', [said('A', 'checking')], 'checking'],
    ['one checks and then says false', [said('A', 'checking'), said('A', 'false')], 'false'],
    ['real against false', [said('A', 'real'), said('B', 'false')], 'contradictory'],
    ['false against real', [said('A', 'false'), said('B', 'real')], 'contradictory'],
    ['the same person takes a real back', [said('A', 'real'), said('A', 'false')], 'contradictory'],
    ['false, another checks', [said('A', 'false'), said('B', 'checking')], 'checking'],
  ])('%s', (_what, answers, expected) => {
    expect(combineAnswers(answers)).toBe(expected);
  });
});

describe('urgency', () => {
  it('puts a confirmed fire that nobody accepted first, and what was closed last', () => {
    const single = fold(...story());
    const accepted = fold(...story(), entry('incident.desk-accepted', { by, organisation: opened.province }));
    const confirmed = fold(
      ...story(),
      entry('incident.confirmed', { reason: 'manual-call-point', signalId: null }),
    );
    const closed = fold(
      ...story(),
      entry('incident.closed', { by, outcome: 'false', cause: 'dust', note: null }),
    );
    const order = [closed, accepted, single, confirmed].sort((a, b) => urgencyOf(b) - urgencyOf(a));
    expect(order).toEqual([confirmed, single, accepted, closed]);
  });
});
