import { vietNam } from '@keng/country-vn';
import {
  type AnyEntry,
  type IncidentId,
  LIVE,
  newId,
  newUuid,
  type OrganisationCode,
  type UserId,
} from '@keng/model';
import type { PoolClient } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  event,
  isoAfter,
  OTHER_STATION,
  PROVINCE,
  STATION,
  TEST_POLICY,
} from '../incidents/incident.fixture.ts';
import { FAR_PROVINCE, IncidentWorld } from '../incidents/incident-world.fixture.ts';
import { claimDesk, deskSnapshot } from '../incidents/index.ts';
import { appendEntries, numberTheRest, readDuty } from '../log/index.ts';
import { compareWithLog } from '../rebuild/index.ts';
import { asAdministrator } from '../testing/index.ts';
import { type RunningTimers, startTimers } from '../timers/index.ts';
import { RoomService, roomPolicy, roomWatch, startRoomWatch } from './index.ts';
import { paperConsumer } from './paper.ts';
import { noteScreen } from './screens.ts';
import type { RoomCaller } from './service.ts';

let world: IncidentWorld;
const room = new RoomService(roomPolicy(vietNam));
const SCOPE = [PROVINCE, STATION, OTHER_STATION] as const;
const BELOW = SCOPE as readonly OrganisationCode[];

beforeEach(async () => {
  world = await IncidentWorld.create();
});
afterEach(async () => {
  const { logged } = world;
  await world.stop();
  expect(logged).toEqual([]);
});

const people = new Map<string, UserId>();
/** The same person is the same, whatever the time. */
function officer(name: string, organisation: string = PROVINCE): RoomCaller {
  const id = people.get(name) ?? newId<UserId>();
  people.set(name, id);
  return {
    world: LIVE,
    now: world.now,
    actor: { kind: 'user', id, name },
    person: { id, name },
    organisation: organisation as OrganisationCode,
  };
}
async function snapshotHead(): Promise<{ silent: { organisation: string }[] }> {
  const parts: string[] = [];
  await web((client) => deskSnapshot(client, LIVE, world.now, (part) => parts.push(part)));
  return JSON.parse(parts.join(''));
}
const web = <Result>(work: (client: PoolClient) => Promise<Result>) => world.web(SCOPE, work);
const bodies = async (kind: AnyEntry['kind']) =>
  (await world.entries()).filter((entry) => entry.kind === kind).map((entry) => entry.body);

async function openOne(organisation: string = STATION) {
  const building = await world.build({ organisation });
  await world.hear([building, event('1')]);
  return { building, id: (await world.only(building)).id };
}

async function numbered(): Promise<void> {
  const pool = world.database.pool('keng_sequencer');
  await numberTheRest({ pool, origin: 'test', epoch: 1, log: () => undefined });
}

async function expectRebuilds(): Promise<void> {
  await numbered();
  const compared = await compareWithLog({ pool: world.database.pool('keng_core'), world: LIVE });
  const told = compared.filter((one) => one.name === 'incidents' || one.name === 'shifts');
  expect(told.map(({ name, equal, different }) => ({ name, equal, different }))).toEqual([
    { name: 'incidents', equal: true, different: [] },
    { name: 'shifts', equal: true, different: [] },
  ]);
}

describe('a change of shift', () => {
  it('hands over what is open, one by one or by list; what was not accepted stays, and stands beside the signature', async () => {
    const [first, second, third] = [await openOne(), await openOne(), await openOne()];
    await openOne('VN-PC07-79-S1');
    world.clock.advance(LIVE, 60);
    const before = await web((client) => room.start(client, officer('A'), { officers: [], heard: true }));
    expect(before.pending).toEqual({ incident: 3, works: 0, link: 0 });
    const item = (id: string) => [{ kind: 'incident' as const, id }];
    await web((client) => room.accept(client, officer('A'), 'single', item(first.id)));
    world.clock.advance(LIVE, 60);
    const own = await openOne();
    world.clock.advance(LIVE, 60);

    const next = await web((client) =>
      room.start(client, officer('B'), { officers: [{ id: null, name: 'C' }], heard: false }),
    );
    expect(next.shift).toMatchObject({
      leader: { name: 'B' },
      soundTest: { heard: false },
      follows: before.shift?.id,
    });
    expect(next.previous).toMatchObject({ leader: { name: 'A' }, ended: { next: next.shift?.id } });
    // All of before wait for the new shift, also what the one before had accepted or opened.
    expect(next.pending.incident).toBe(4);
    const list = [...item(first.id), ...item(own.id), ...item(second.id), ...item(newUuid())];
    const after = await web((client) => room.accept(client, officer('B'), 'list', list));
    expect(after.shift?.accepted).toEqual({ incident: 3, works: 0, link: 0 });
    expect(after.pending).toEqual({ incident: 1, works: 0, link: 0 });
    const { items } = await web((client) => room.pending(client, officer('B')));
    expect(items.map((one) => one.id)).toEqual([third.id]);

    const id = before.shift?.id;
    if (id === undefined) throw new Error('no shift');
    await expect(web((client) => room.sign(client, officer('B'), id, null))).rejects.toThrow(/Only A/);
    const signed = await web((client) => room.sign(client, officer('A'), id, 'quiet night'));
    expect(signed.previous?.signed).toMatchObject({ notAccepted: { incident: 1 }, note: 'quiet night' });
    await expectRebuilds();
  });

  it('two who sign on at once: one has the shift', async () => {
    const answers = await Promise.allSettled(
      ['A', 'B'].map((name) =>
        web((client) => room.start(client, officer(name), { officers: [], heard: true })),
      ),
    );
    expect(answers.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a desk that cannot be heard', () => {
  let timers: RunningTimers;
  const screens = new Map<string, { sound: 'running' | 'blocked'; visible: boolean }>();
  const SCREEN = newUuid();

  async function watching(): Promise<void> {
    screens.clear();
    timers = startTimers({
      pool: world.database.pool('keng_core'),
      world: LIVE,
      clock: world.clock,
      handlers: [roomWatch(roomPolicy(vietNam))],
      log: (message) => world.logged.push(message),
      beatMs: 0,
    });
    await world.core((client) => startRoomWatch(client, LIVE, world.now));
  }
  async function look(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed += 10) {
      world.clock.advance(LIVE, 10);
      for (const [desk, state] of screens) {
        const by = { ...officer('At the desk', desk).person, organisation: desk as OrganisationCode };
        await web((client) => noteScreen(client, LIVE, by, { screen: SCREEN, ...state }, world.now));
      }
      await timers.poke();
      await world.timers.poke();
    }
  }

  it('sends its alarms one level up at once, and has them again when it is heard', async () => {
    await watching();
    screens.set(PROVINCE, { sound: 'running', visible: true });
    screens.set(FAR_PROVINCE, { sound: 'running', visible: true });
    await look(60);
    const waiting = await openOne();
    screens.set(PROVINCE, { sound: 'blocked', visible: true });
    await look(20);
    expect(await bodies('desk.silent')).toEqual([]);
    await look(20);
    expect(await bodies('desk.silent')).toMatchObject([
      { organisation: PROVINCE, level: 'province', reason: 'sound-blocked', limit: { source: 'keng' } },
    ]);
    expect(await world.only(waiting.building)).toMatchObject({
      escalatedTo: 'national',
      nationalSounds: true,
    });
    const next = await openOne();
    expect(await world.kinds(next.id)).toEqual(['incident.opened', 'incident.escalated']);
    // Whoever does something there is there, and still cannot be heard.
    await web((client) => world.incidents.acceptAtDesk(client, officer('At the desk'), next.id));
    expect(await bodies('desk.answered')).toEqual([]);
    screens.set(PROVINCE, { sound: 'running', visible: true });
    await look(10);
    expect(await bodies('desk.answered')).toMatchObject([{ organisation: PROVINCE }]);
    expect(await world.kinds((await openOne()).id)).toEqual(['incident.opened']);
    await timers.stop();
    await expectRebuilds();
  });

  it('that is a station waits at its province for a person; claimed by nobody it goes on to the nation, claimed it stays', async () => {
    // A station is watched from its first account on.
    await asAdministrator(
      world.database.address,
      `insert into app_user (world, id, login, organisation, active, folded, revision, state)
        values ('live', '${newUuid()}', 'station', '${STATION}', true, 'station', 1, '{"roles": ["station-officer"]}')`,
    );
    await watching();
    screens.set(PROVINCE, { sound: 'running', visible: true });
    screens.set(STATION, { sound: 'blocked', visible: true });
    await look(40);
    const first = (await bodies('desk.silent')) as { organisation: string; since: string }[];
    expect(first).toMatchObject([{ organisation: STATION, level: 'station' }]);
    await look(110);
    expect(await bodies('desk.raised')).toEqual([]);
    await look(10);
    const raised = { organisation: STATION, silentSince: first[0]?.since, to: 'national' };
    expect(await bodies('desk.raised')).toMatchObject([
      { ...raised, limit: { seconds: 120, source: 'keng' } },
    ]);
    const shown = async () => (await snapshotHead()).silent.find((one) => one.organisation === STATION);
    expect(await shown()).toMatchObject({ reason: 'sound-blocked', raised: { to: 'national' } });
    await look(20);
    expect(await bodies('desk.raised')).toHaveLength(1);

    const claim = (who: RoomCaller) =>
      web((client) =>
        claimDesk(
          client,
          LIVE,
          STATION as OrganisationCode,
          { ...who.person, organisation: who.organisation },
          {
            actor: who.actor,
            at: who.now,
          },
        ),
      );
    await expect(claim(officer('At the station', STATION))).rejects.toMatchObject({
      code: 'desk.own-silence',
    });
    const both = await Promise.allSettled([claim(officer('A')), claim(officer('Of the nation', 'VN-C07'))]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const [claimed] = (await bodies('desk.claimed')) as { by: { name: string } }[];
    expect(await shown()).toMatchObject({ claimedBy: { name: claimed?.by.name } });
    screens.set(STATION, { sound: 'running', visible: true });
    await look(10);
    expect(await shown()).toBeUndefined();
    await expect(claim(officer('A'))).rejects.toMatchObject({ code: 'desk.not-silent' });

    // The next time it is claimed before its time is over, and nobody else is told.
    screens.set(STATION, { sound: 'blocked', visible: true });
    await look(40);
    await claim(officer('A'));
    await claim(officer('A'));
    await look(140);
    expect(await bodies('desk.claimed')).toHaveLength(2);
    expect(await bodies('desk.raised')).toHaveLength(1);
    await timers.stop();
    const range = { from: new Date(0), to: new Date(world.now.getTime() + 1_000), limit: 500 };
    await numbered();
    const log = await web((client) => readDuty(client, LIVE, [STATION as OrganisationCode], range));
    const kinds = log
      .map(({ kind }) => kind)
      .filter((kind) => kind.startsWith('desk.') && kind !== 'desk.proof-changed');
    expect(kinds).toEqual([
      'desk.silent',
      'desk.raised',
      'desk.claimed',
      'desk.answered',
      'desk.silent',
      'desk.claimed',
    ]);
  });

  it('a hidden page and a desk without a shift are told, and no alarm moves', async () => {
    await watching();
    screens.set(PROVINCE, { sound: 'running', visible: false });
    await look(1_000);
    const told = (await bodies('desk.proof-changed')) as {
      organisation: string;
      faults: { fault: string }[];
    }[];
    const last = told.findLast((one) => one.organisation === PROVINCE);
    expect(last?.faults.map((one) => one.fault)).toEqual(['screen-hidden', 'no-shift']);
    expect(
      (await bodies('desk.silent')).filter(
        (one) => (one as { organisation: string }).organisation === PROVINCE,
      ),
    ).toEqual([]);
    await timers.stop();
  });
});

describe('what was written on paper', () => {
  const keyed = async (more: object = {}): Promise<IncidentId> => {
    const building = await world.build();
    const incidentId = newId<IncidentId>(world.now.getTime());
    const { person, actor } = officer('Typist');
    const body = {
      by: person,
      writtenBy: 'Night officer',
      incidentId,
      facilityId: building.facility,
      organisation: PROVINCE,
      burning: false,
      lines: [
        { at: isoAfter(-3_000), text: 'smoke' },
        { at: isoAfter(-3_600), text: 'the guard rings' },
      ],
      closed: null,
      ...more,
    };
    const draft = {
      world: LIVE,
      kind: 'paper.keyed' as const,
      lane: 0 as const,
      subject: incidentId,
      organisation: PROVINCE,
      facility: building.facility,
      revision: null,
      at: world.now,
      actor,
      body,
    };
    await web((client) => appendEntries(client, [draft], world.now));
    const entries = (await world.entries(incidentId)).filter((one) => one.kind === 'paper.keyed');
    for (const _ of [1, 2])
      await world.core((client) =>
        paperConsumer(TEST_POLICY).handle(client, entries, { world: LIVE, now: world.now }),
      );
    await world.wait(600);
    return incidentId;
  };

  it('is there once, with its true times, closed as it was, and nothing runs out or is told to anybody', async () => {
    const end = { at: isoAfter(-1_800), outcome: 'fire' as const, cause: null };
    const id = await keyed({ closed: end });
    const [state] = await world.states();
    expect(state).toMatchObject({
      id,
      status: 'closed',
      openedAt: isoAfter(-3_600),
      late: { writtenBy: 'Night officer', burning: false },
      outcome: { outcome: 'fire', at: isoAfter(-1_800) },
    });
    expect((await world.entries(id)).map(({ kind, at }) => [kind, at])).toEqual([
      ['paper.keyed', isoAfter(0)],
      ['incident.opened', isoAfter(-3_600)],
      ['incident.desk-accepted', isoAfter(-3_600)],
      ['incident.noted', isoAfter(-3_600)],
      ['incident.noted', isoAfter(-3_000)],
      ['incident.closed', isoAfter(-1_800)],
    ]);
    await expectRebuilds();
  });

  it('in hand, it is open and accepted and rings nowhere; still burning, it is an alarm of now', async () => {
    const open = await keyed();
    const burning = await keyed({ burning: true });
    const states = new Map((await world.states()).map((one) => [one.id, one]));
    expect(states.get(open)).toMatchObject({ status: 'open', desk: { name: 'Typist' }, escalatedTo: null });
    expect(states.get(burning)).toMatchObject({ status: 'open', desk: null, escalatedTo: 'national' });
    expect(states.get(burning)?.clocks.desk.passedAt).not.toBeNull();
    await expectRebuilds();
  });

  it('a line of an incident that is known leaves its state alone', async () => {
    const { id } = await openOne();
    const before = (await world.states())[0];
    const line = { at: new Date(isoAfter(-60)), text: 'rang by hand', writtenBy: 'Night officer' };
    await web((client) => world.incidents.noteLate(client, officer('Typist'), id, line));
    const after = (await world.states())[0];
    expect(after).toEqual({ ...before, entries: (before?.entries ?? 0) + 1 });
    await expectRebuilds();
  });
});

describe('the shelf', () => {
  const shelving = (seconds: number) => ({
    reason: 'Waits for the owner',
    until: new Date(world.now.getTime() + seconds * 1000),
  });
  const shelve = (id: IncidentId, seconds = 600) =>
    web((client) => world.incidents.shelve(client, officer('A'), id, shelving(seconds), 3_600));

  it('never takes what nobody has acknowledged, and not for longer than the country allows', async () => {
    const { id } = await openOne();
    await expect(shelve(id)).rejects.toThrow(/acknowledged/);
    await web((client) => world.incidents.acceptAtDesk(client, officer('A'), id));
    await expect(shelve(id, 3_700)).rejects.toThrow(/hours/);
    await expect(shelve(id, -1)).rejects.toThrow(/over/);
  });

  it('ends by itself, by a new signal, and by a person', async () => {
    const { id, building } = await openOne();
    await web((client) => world.incidents.acceptAtDesk(client, officer('A'), id));
    // The owner's clock proposes a dispatch and its reminders follow: each would bring it back before its time.
    for (const _ of [1, 2, 3]) await world.wait(100);
    await shelve(id);
    expect((await world.only(building)).shelved).toMatchObject({ name: 'A', reason: 'Waits for the owner' });
    await world.hear([building, event('1')]);
    expect((await world.only(building)).shelved).toBeUndefined();
    await shelve(id);
    await world.wait(599);
    expect((await world.only(building)).shelved).toBeDefined();
    await world.wait(1);
    expect((await world.only(building)).shelved).toBeUndefined();
    await shelve(id);
    await web((client) => world.incidents.unshelve(client, officer('A'), id));
    const reasons = (await bodies('incident.unshelved')) as { reason: string }[];
    expect(reasons.map((one) => one.reason)).toEqual(['signal', 'time', 'person']);
    await expectRebuilds();
  });
});

describe('the duty log', () => {
  it('is read by the time at which it happened, from the index, and shows a desk its own', async () => {
    const note = (at: number, organisation: string, text: string) => {
      const { person, actor } = officer('A');
      return {
        world: LIVE,
        kind: 'duty.noted' as const,
        lane: 1 as const,
        subject: `duty/${organisation}`,
        organisation: organisation as OrganisationCode,
        facility: null,
        revision: null,
        at: new Date(isoAfter(at)),
        actor,
        body: { by: person, text, shift: null },
      };
    };
    await world.core((client) =>
      appendEntries(
        client,
        [
          note(10, PROVINCE, 'second'),
          note(5, PROVINCE, 'first'),
          note(7, FAR_PROVINCE, 'elsewhere'),
          note(99, PROVINCE, 'later'),
        ],
        world.now,
      ),
    );
    await numbered();
    const range = { from: new Date(isoAfter(0)), to: new Date(isoAfter(50)), limit: 10 };
    const texts = await web(async (client) =>
      (await readDuty(client, LIVE, BELOW, range)).map((one) => (one.body as { text: string }).text),
    );
    expect(texts).toEqual(['first', 'second']);
  });
});
