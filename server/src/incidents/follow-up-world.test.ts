import {
  type AnyEntry,
  applyWorks,
  type ContactId,
  canonicalJson,
  type IncidentId,
  isIncidentEntry,
  LIVE,
  newId,
  type OrganisationCode,
  type WorksState,
} from '@keng/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { numberTheRest } from '../log/index.ts';
import { noteDesks } from '../people/index.ts';
import { transaction } from '../platform/index.ts';
import { compareWithLog } from '../rebuild/index.ts';
import { startTimers } from '../timers/index.ts';
import { deskWatch, startDeskWatch } from './desk-watch.ts';
import { event, isoAfter, OTHER_STATION, PROVINCE, STATION, TEST_POLICY } from './incident.fixture.ts';
import { type Building, FAR_PROVINCE, IncidentWorld } from './incident-world.fixture.ts';

let world: IncidentWorld;
beforeEach(async () => {
  world = await IncidentWorld.create();
});
afterEach(async () => {
  const { logged } = world;
  await world.stop();
  expect(logged).toEqual([]);
});

async function openOne(more: Parameters<IncidentWorld['build']>[0] = {}) {
  const building = await world.build(more);
  await world.hear([building, event('1')]);
  return { building, id: (await world.only(building)).id };
}

const desk = (name = 'Synthetic desk') => world.caller(name);
const SCOPE = [PROVINCE, STATION, OTHER_STATION] as const;
const accept = (id: IncidentId) =>
  world.web(SCOPE, (client) => world.incidents.acceptAtDesk(client, desk(), id));
const bodies = async (kind: AnyEntry['kind'], subject?: string) =>
  (await world.entries(subject)).filter((entry) => entry.kind === kind).map((entry) => entry.body);

/** The log gives back every state, as `keng verify --states` asks. */
async function expectRebuilds(): Promise<void> {
  const sequencer = world.database.pool('keng_sequencer');
  await numberTheRest({ pool: sequencer, origin: 'test', epoch: 1, log: () => undefined });
  const compared = await compareWithLog({ pool: world.database.pool('keng_core'), world: LIVE });
  const told = compared.filter((one) => one.name === 'incidents' || one.name === 'works');
  expect(told.map(({ name, equal, different }) => ({ name, equal, different }))).toEqual([
    { name: 'incidents', equal: true, different: [] },
    { name: 'works', equal: true, different: [] },
  ]);
}

describe('an alarm that nobody answers', () => {
  it('climbs from level to level, each step an entry with its limit and source', async () => {
    const { building, id } = await openOne();
    for (let second = 0; second < 60; second += 5) await world.wait(5);
    expect(await world.only(building)).toMatchObject({ escalatedTo: 'national', nationalSounds: true });
    expect(await bodies('incident.escalated', id)).toEqual([
      {
        reason: 'unclaimed',
        to: 'national',
        limit: { seconds: 45, source: 'test unclaimed', official: false, dueAt: isoAfter(45) },
      },
    ]);
    await expectRebuilds();
  });

  it('climbs as far where all its times run out together', async () => {
    const limit = { seconds: 30, source: 'test', official: false };
    const limits = { unclaimed: limit, national: limit, silent: limit, dispatch: limit, recall: limit };
    const hurried = await IncidentWorld.create({ ...TEST_POLICY, limit: () => limit, limits: () => limits });
    try {
      const building = await hurried.build();
      await hurried.hear([building, event('1')]);
      const timers = await hurried.database.pool('keng_core').query('select from timer');
      expect(timers.rowCount).toBe(1);
      await hurried.wait(30);
      const state = await hurried.only(building);
      expect(state).toMatchObject({ escalatedTo: 'national', dispatch: { status: 'proposed' } });
      expect(Object.values(state.clocks).every((clock) => clock.passedAt !== null)).toBe(true);
      const kinds = (await hurried.entries()).map((entry) => entry.kind);
      expect(kinds).toContain('incident.owner-recalled');
      expect(kinds).toContain('desk.silent');
    } finally {
      await hurried.stop();
    }
  });

  it('that is claimed and not accepted goes to the national desk a little later', async () => {
    const { building, id } = await openOne();
    await world.web(SCOPE, (client) => world.incidents.claim(client, desk(), id, false));
    await world.wait(49);
    expect(await world.only(building)).toMatchObject({ escalatedTo: 'province' });
    await world.wait(1);
    expect(await world.only(building)).toMatchObject({ escalatedTo: 'national' });
    expect(await bodies('incident.escalated', id)).toMatchObject([{ reason: 'desk-silent' }]);
  });

  it('tells by each entry who may see it: the province sees all of them', async () => {
    const { id } = await openOne();
    await world.wait(200);
    const entries = await world.entries(id);
    expect(new Set(entries.map((entry) => entry.organisation))).toEqual(new Set([STATION]));
    expect(entries.filter(isIncidentEntry).map((entry) => entry.revision)).toEqual(
      entries.map((_, index) => index + 1),
    );
  });

  it('accepted, with a dispatch ready and not ordered: the desk is reminded, then the national desk', async () => {
    const { building, id } = await openOne();
    await accept(id);
    await world.wait(60);
    expect(await world.only(building)).toMatchObject({ dispatch: { status: 'proposed' } });
    await world.wait(35);
    expect(await world.only(building)).toMatchObject({ nationalSounds: false, dispatch: { reminders: 1 } });
    await world.wait(35);
    expect(await world.only(building)).toMatchObject({ nationalSounds: true, dispatch: { reminders: 2 } });
    await world.wait(3_600);
    expect(await bodies('incident.dispatch-reminded', id)).toHaveLength(2);
    await expectRebuilds();
  });
});

describe('a province that does not answer', () => {
  const silence = async () => (await bodies('desk.silent')).map((body) => body);

  it('after one alarm was left so long: the others and the next sound at the national desk at once', async () => {
    const first = await openOne();
    await world.wait(119);
    const second = await openOne();
    const far = await openOne({ organisation: 'VN-PC07-79-S1' });
    await world.wait(1);
    expect(await silence()).toMatchObject([
      { organisation: PROVINCE, reason: 'no-answer', incidentId: first.id, since: isoAfter(0) },
    ]);
    expect(await world.only(second.building)).toMatchObject({ escalatedTo: 'national' });
    expect(await bodies('incident.escalated', second.id)).toMatchObject([{ reason: 'province-silent' }]);
    const third = await openOne();
    expect(await world.kinds(third.id)).toEqual(['incident.opened', 'incident.escalated']);
    expect(await world.only(far.building)).toMatchObject({ escalatedTo: null });
    await expectRebuilds();
  });

  it('is told once, and over when its desk does anything', async () => {
    const first = await openOne();
    await openOne();
    await world.wait(200);
    expect(await silence()).toHaveLength(1);
    await accept(first.id);
    expect(await bodies('desk.answered')).toMatchObject([
      { organisation: PROVINCE, silentSince: isoAfter(0), by: { name: 'Synthetic desk' } },
    ]);
    const next = await openOne();
    expect(await world.kinds(next.id)).toEqual(['incident.opened']);
  });

  it('is not answered by the national desk in its place', async () => {
    const first = await openOne();
    await world.wait(200);
    const national = world.caller('Synthetic national', 'VN-C07');
    await world.web('*', (client) => world.incidents.acceptAtDesk(client, national, first.id));
    expect(await bodies('desk.answered')).toEqual([]);
  });
});

describe('a desk where nobody is logged in', () => {
  /** Desks whose live feed is open. */
  const screens = new Set<OrganisationCode>();
  beforeEach(() => screens.clear());
  const logIn = async (organisation: string, role = 'dispatcher') => {
    const id = newId();
    await world.web('*', async (client) => {
      await client.query(
        `insert into app_user (world, id, login, organisation, active, folded, revision, state)
         values ('live', $1, $2, $3, true, '', 1, $4)`,
        [id, `u${id.slice(-12)}`, organisation, JSON.stringify({ roles: [role] })],
      );
      await client.query(
        `insert into session (world, token_hash, user_id, remote, created_at, last_seen_at, expires_at)
         values ('live', decode(md5($1::uuid::text) || md5($1::uuid::text || 'x'), 'hex'), $1::uuid, 'test', $2, $2, $3)`,
        [id, world.now, new Date(world.now.getTime() + 12 * 3_600_000)],
      );
    });
    return id;
  };
  const logOut = (id: string) =>
    world.web('*', (client) =>
      client.query(`update session set closed_at = $2, closed_reason = 'log-out' where user_id = $1`, [
        id,
        world.now,
      ]),
    );

  async function watching(): Promise<{ look(seconds: number): Promise<void>; stop(): Promise<void> }> {
    const timers = startTimers({
      pool: world.database.pool('keng_core'),
      world: LIVE,
      clock: world.clock,
      handlers: [deskWatch(TEST_POLICY)],
      log: (message) => world.logged.push(message),
      beatMs: 0,
    });
    for (const _ of [1, 2]) {
      await transaction(world.database.pool('keng_core'), (client) =>
        startDeskWatch(client, LIVE, world.now),
      );
    }
    return {
      look: async (seconds) => {
        for (let passed = 0; passed < seconds; passed += 10) {
          world.clock.advance(LIVE, 10);
          await noteDesks(world.database.pool('keng_web'), LIVE, [...screens], world.now);
          await timers.poke();
        }
      },
      stop: () => timers.stop(),
    };
  }
  const silent = async () =>
    (await bodies('desk.silent')).map((body) => (body as { organisation: string }).organisation);

  it('for the time of the country does not answer: its next alarm sounds at the national desk', async () => {
    await logIn(PROVINCE);
    screens.add(PROVINCE);
    // A station's officer cannot accept for the desk.
    await logIn(FAR_PROVINCE, 'station-officer');
    const watch = await watching();
    await watch.look(120);
    expect(await silent()).toEqual([]);
    await watch.look(20);
    expect(await silent()).toEqual([FAR_PROVINCE]);
    const far = await openOne({ organisation: 'VN-PC07-79-S1' });
    const near = await openOne();
    expect(await world.kinds(far.id)).toEqual(['incident.opened', 'incident.escalated']);
    expect(await world.kinds(near.id)).toEqual(['incident.opened']);
    await watch.look(300);
    expect(await silent()).toEqual([FAR_PROVINCE]);
    await watch.stop();
  });

  it('answers by a log-in, and is silent again some time after the last log-out', async () => {
    const officer = await logIn(PROVINCE);
    screens.add(PROVINCE);
    const watch = await watching();
    await watch.look(140);
    await logIn(FAR_PROVINCE, 'call-taker');
    screens.add(FAR_PROVINCE);
    await watch.look(10);
    expect(await bodies('desk.answered')).toMatchObject([{ organisation: FAR_PROVINCE, by: null }]);
    await logOut(officer);
    await watch.look(110);
    expect(await silent()).toEqual([FAR_PROVINCE]);
    await watch.look(30);
    expect(await silent()).toEqual([FAR_PROVINCE, PROVINCE]);
    await watch.stop();
  });

  it('is silent two minutes after its last browser was closed without a log-out, and answers when one is opened again', async () => {
    await logIn(PROVINCE);
    await logIn(FAR_PROVINCE);
    screens.add(PROVINCE).add(FAR_PROVINCE);
    const watch = await watching();
    await watch.look(600);
    expect(await silent()).toEqual([]);
    const closedAt = world.now.toISOString();
    screens.delete(PROVINCE);
    await watch.look(110);
    expect(await silent()).toEqual([]);
    await watch.look(10);
    expect(await bodies('desk.silent')).toMatchObject([{ organisation: PROVINCE, since: closedAt }]);
    screens.add(PROVINCE);
    await watch.look(10);
    expect(await bodies('desk.answered')).toMatchObject([{ organisation: PROVINCE, by: null }]);
    await watch.stop();
  });

  it('whoever asks for something is there without a live feed', async () => {
    const officer = await logIn(PROVINCE);
    screens.add(FAR_PROVINCE);
    const watch = await watching();
    for (let minute = 0; minute < 5; minute += 1) {
      await watch.look(60);
      await world.web('*', (client) =>
        client.query('update session set last_seen_at = $2 where user_id = $1', [officer, world.now]),
      );
    }
    // Nobody is logged in at the other one: a screen alone is nobody.
    expect(await silent()).toEqual([FAR_PROVINCE]);
    await watch.stop();
  });

  it('is not called silent for a time in which nobody looked', async () => {
    const watch = await watching();
    await watch.look(60);
    world.clock.advance(LIVE, 3_600);
    await watch.look(110);
    expect(await silent()).toEqual([]);
    await watch.look(30);
    expect(await silent()).toEqual([PROVINCE, FAR_PROVINCE].sort());
    await watch.stop();
  });

  it('who is logged in and leaves an alarm alone is not answered by being there', async () => {
    await logIn(PROVINCE);
    await openOne();
    await world.wait(120);
    expect(await silent()).toEqual([PROVINCE]);
    const watch = await watching();
    await watch.look(30);
    expect(await bodies('desk.answered')).toEqual([]);
    await watch.stop();
  });
});

describe('a station that another one replaces', () => {
  it('hears it in an entry of its own to see; the new one has a clock of its own', async () => {
    const { building, id } = await openOne();
    const team = world.caller('Synthetic team', STATION);
    await world.web([STATION], (client) => world.incidents.acceptAtStation(client, team, id));
    await world.wait(20);
    await world.web(SCOPE, (client) =>
      world.incidents.dispatch(client, desk(), id, { station: OTHER_STATION as OrganisationCode }),
    );
    const seen = (await world.entries(id)).filter((entry) => entry.organisation === STATION);
    expect(seen.at(-1)).toMatchObject({
      kind: 'incident.station-stood-down',
      body: { station: STATION, replacedBy: OTHER_STATION, by: { name: 'Synthetic desk' } },
    });
    expect(await world.only(building)).toMatchObject({
      station: OTHER_STATION,
      stationAccepted: null,
      clocks: { station: { dueAt: isoAfter(60), passedAt: null } },
    });
    await world.wait(39);
    expect((await world.only(building)).clocks.station.passedAt).toBeNull();
    await world.wait(1);
    expect((await world.only(building)).clocks.station.passedAt).toBe(isoAfter(60));
    await expectRebuilds();
  });

  it('sees the facility and the chronology from the first moment, as long as it is under way there', async () => {
    const { building, id } = await openOne();
    const seen = () =>
      world.web([OTHER_STATION], async (client) => {
        const facility = await client.query('select from facility where id = $1', [building.facility]);
        const first = await client.query(
          `select from entry where subject = $1 and kind = 'incident.opened'`,
          [id],
        );
        return { facility: facility.rowCount, opened: first.rowCount };
      });
    expect(await seen()).toEqual({ facility: 0, opened: 0 });
    await world.web(SCOPE, (client) =>
      world.incidents.dispatch(client, desk(), id, { station: OTHER_STATION as OrganisationCode }),
    );
    expect(await seen()).toEqual({ facility: 1, opened: 1 });
    await world.web(SCOPE, (client) =>
      world.incidents.close(client, desk(), id, { outcome: 'fire', cause: null, note: 'all units back' }),
    );
    expect(await seen()).toEqual({ facility: 0, opened: 0 });
  });
});

describe('planned works', () => {
  async function plan(building: Building): Promise<WorksState> {
    const contact = building.contacts[1];
    if (contact === undefined) throw new Error('no contact');
    return world.web(SCOPE, async (client) => {
      const planned = await world.works.plan(client, desk(), building.facility, {
        transmitterId: building.transmitter,
        zones: ['1'],
        from: world.now,
        until: new Date(world.now.getTime() + 3_600_000),
        reason: 'welding',
        requestedBy: null,
      });
      return world.works.callBack(client, desk(), planned.id, contact.id as ContactId);
    });
  }

  it('remind their contact before they end', async () => {
    const building = await world.build();
    const { id } = await plan(building);
    await world.wait(2_700);
    expect(await bodies('works.reminded', id)).toMatchObject([
      {
        contactId: building.contacts[1]?.id,
        until: isoAfter(3_600),
        limit: { source: 'test works reminder' },
      },
    ]);
    await world.wait(900);
    expect(await world.kinds(id as unknown as IncidentId)).toEqual([
      'works.planned',
      'works.called-back',
      'works.reminded',
      'works.ended',
    ]);
    await expectRebuilds();
  });

  it('count each muted signal once, also for a reader whose snapshot has seen some of them', async () => {
    const building = await world.build();
    const { id } = await plan(building);
    await world.hear([building, event('1')], [building, event('1')]);
    const { rows } = await world.database
      .pool('keng_core')
      .query<{ state: WorksState }>(`select state from works where id = $1`, [id]);
    const snapshot = rows[0]?.state ?? null;
    expect(snapshot).toMatchObject({ mutedSignals: 2, entries: 4 });
    await world.hear([building, event('1')]);
    const entries = (await world.entries()).filter(
      (entry) => entry.kind === 'signal.muted' || entry.kind.startsWith('works.'),
    );
    const replayed = entries.reduce<WorksState | null>(
      // Only kinds that concern works are left.
      (state, entry) => applyWorks(state, entry as Parameters<typeof applyWorks>[1]),
      snapshot,
    );
    expect(replayed?.mutedSignals).toBe(3);
    const fromNothing = entries.reduce<WorksState | null>(
      (state, entry) => applyWorks(state, entry as Parameters<typeof applyWorks>[1]),
      null,
    );
    expect(canonicalJson(replayed)).toBe(canonicalJson(fromNothing));
    await expectRebuilds();
  });
});
