import { canonicalJson, type IncidentId, LIVE, type Problem, type WorksState } from '@keng/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { transaction } from '../platform/index.ts';
import { markAnswered, markSilent } from './desk-silence.ts';
import { after, event, isoAfter, OTHER_STATION, PROVINCE, STATION, signal, T0 } from './incident.fixture.ts';
import { type Building, FAR_PROVINCE, IncidentWorld } from './incident-world.fixture.ts';
import { recordOwnerReports } from './owner-report-batch.ts';
import { answerAsContact, markMeasuresShown, recordContactReached } from './owner-reports.ts';
import { rebuildIncidents } from './rebuild.fixture.ts';
import { deskSnapshot } from './snapshot.ts';

let world: IncidentWorld;
beforeEach(async () => {
  world = await IncidentWorld.create();
});
afterEach(async () => {
  // A timer that failed in the background is a failure of the test that set it.
  const { logged } = world;
  await world.stop();
  expect(logged).toEqual([]);
});

const answer = (building: Building, id: IncidentId, who: number, said: 'real' | 'false' | 'checking') =>
  world.core((client) => {
    const contact = building.contacts[who];
    if (contact === undefined) throw new Error('no such contact');
    const body = { contactId: contact.id, name: contact.name, answer: said, channel: 'telephone' } as const;
    return answerAsContact(client, LIVE, id, body, world.now);
  });

async function openOne(): Promise<{ readonly building: Building; readonly id: IncidentId }> {
  const building = await world.build();
  await world.hear([building, event('1')]);
  return { building, id: (await world.only(building)).id };
}

/** What a desk that sees so much is shown when it opens. */
async function snapshotOf(scope: '*' | readonly string[]) {
  const parts: string[] = [];
  await world.web(scope, (client) => deskSnapshot(client, LIVE, world.now, (part) => parts.push(part)));
  return JSON.parse(parts.join(''));
}

/** What every test of this file ends with: the log alone gives the same states, byte for byte. */
async function expectReplayEqual(): Promise<void> {
  const rebuilt = rebuildIncidents(await world.entries());
  const states = await world.states();
  expect(rebuilt.size).toBe(states.length);
  for (const state of states) expect(canonicalJson(rebuilt.get(state.id))).toBe(canonicalJson(state));
}

describe('the correlator', () => {
  it('opens one incident for the signals of one facility, with number, clocks and timers', async () => {
    const building = await world.build();
    await world.hear([building, event('1')], [building, event('1')], [building, event('001')]);
    const state = await world.only(building);
    expect(state).toMatchObject({ number: 1, signalCount: 3, province: PROVINCE, station: STATION });
    expect(state.zones).toMatchObject([{ zone: '1', label: 'Lobby', count: 3 }]);
    expect(await world.kinds(state.id)).toEqual(['incident.opened', 'incident.signals-joined']);
    const timers = await world.database
      .pool('keng_core')
      .query(`select coalesce(body->>'clock', body->>'after') as "for", due_at from timer order by due_at`);
    expect(timers.rows).toEqual([
      { for: 'desk', due_at: after(30) },
      { for: 'recall', due_at: after(35) },
      { for: 'station', due_at: after(40) },
      { for: 'unclaimed', due_at: after(45) },
      { for: 'national', due_at: after(50) },
      { for: 'owner', due_at: after(60) },
      { for: 'silent', due_at: after(120) },
    ]);
    await expectReplayEqual();
  });

  it('joins later batches, folds chatter into one entry a batch, and confirms by a second detector', async () => {
    const { building, id } = await openOne();
    world.clock.advance(LIVE, 5);
    const chatter = Array.from({ length: 300 }, () => [building, event('1')] as const);
    await world.hear(...chatter);
    await world.hear(...chatter);
    await world.hear([building, event('2')]);
    expect(await world.kinds(id)).toEqual([
      'incident.opened',
      'incident.signals-joined',
      'incident.signals-joined',
      'incident.signals-joined',
      'incident.confirmed',
      'incident.dispatch-proposed',
    ]);
    expect(await world.only(building)).toMatchObject({ signalCount: 602, confidence: 'confirmed' });
    await expectReplayEqual();
  });

  it('faults and tests open nothing and cost no register; a fault at a fire joins it', async () => {
    const quiet = await world.build();
    const { building } = await openOne();
    await world.hear([quiet, event('1', { class: 'trouble' })], [quiet, event('1', { class: 'test' })]);
    expect(await world.states(quiet)).toEqual([]);
    await world.hear(
      [building, event('2', { class: 'trouble' })],
      [building, event('1', { class: 'restore' })],
    );
    const state = await world.only(building);
    expect(state).toMatchObject({ status: 'open', confidence: 'single' });
    expect(state.zones).toMatchObject([
      { zone: '1', class: 'alarm', restoredAt: isoAfter(0) },
      { zone: '2', class: 'trouble' },
    ]);
  });

  it('takes a change of the register at once', async () => {
    const { building } = await openOne();
    await world.web('*', async (client) => {
      await client.query(
        `update transmitter set zones = '[{"number":"9","label":"New hall","kind":"heat"}]'`,
      );
      await client.query(`update facility set revision = revision + 1`);
    });
    await world.hear([building, event('9')]);
    expect((await world.only(building)).zones).toMatchObject([
      { zone: '1' },
      { zone: '9', label: 'New hall', family: 'heat' },
    ]);
  });

  it('an alarm long after the last one rings anew, although the old incident is still open', async () => {
    const { building } = await openOne();
    await world.wait(601);
    await world.hear([building, event('1')]);
    const states = await world.states(building);
    expect(states.map((state) => [state.number, state.status])).toEqual([
      [1, 'open'],
      [2, 'open'],
    ]);
    await expectReplayEqual();
  });

  it('an alarm after the closing opens anew', async () => {
    const { building, id } = await openOne();
    const caller = world.caller('Synthetic dispatcher');
    await world.web([PROVINCE, STATION], async (client) => {
      await world.incidents.acceptAtDesk(client, caller, id);
      await world.incidents.close(client, caller, id, { outcome: 'false', cause: 'dust', note: null });
    });
    await world.hear([building, event('1', { class: 'restore' })]);
    expect(await world.states(building)).toHaveLength(1);
    await world.hear([building, event('1')]);
    expect(await world.states(building)).toHaveLength(2);
  });

  it('two correlators at once open one incident for one event', async () => {
    const building = await world.build();
    await Promise.all(Array.from({ length: 6 }, () => world.hear([building, event('1')])));
    expect(await world.only(building)).toMatchObject({ signalCount: 6 });
    await expectReplayEqual();
  });

  it('a facility that belongs to a province has no station, and its class may sound at the national desk', async () => {
    const building = await world.build({ organisation: PROVINCE, category: 'hospital' });
    await world.hear([building, event('1')]);
    expect(await world.only(building)).toMatchObject({
      station: null,
      province: PROVINCE,
      nationalSounds: true,
      firstDispatch: { resources: [{ type: 'engine', count: 3 }] },
    });
  });

  it('a storm of 2,000 signals over 300 facilities: 300 incidents, every signal counted, few statements', async () => {
    const buildings = await world.builds(300);
    const frames = Array.from({ length: 2_000 }, (_, index) => {
      const building = buildings[index % 300];
      if (building === undefined) throw new Error('no building');
      return [building, event(String(1 + (Math.floor(index / 300) % 3)))] as const;
    });
    for (let at = 0; at < frames.length; at += 500) await world.hear(...frames.slice(at, at + 500));
    const states = await world.states();
    expect(states).toHaveLength(300);
    expect(states.reduce((sum, state) => sum + state.signalCount, 0)).toBe(2_000);
    expect(new Set(states.map((state) => state.number)).size).toBe(300);
    expect(states.every((state) => state.confidence === 'confirmed')).toBe(true);
    await expectReplayEqual();
  });

  it('the number of statements of a batch does not grow with it', async () => {
    const buildings = await world.builds(60);
    const count = async (few: readonly Building[]): Promise<number> => {
      let statements = 0;
      const frames = few.map((building) => [building, event('1'), event('2')] as const);
      await world.core(async (client) => {
        const query = client.query.bind(client);
        // Counts on the way: the statement itself goes through unchanged.
        client.query = ((...all: Parameters<typeof query>) => {
          statements += 1;
          return query(...all);
        }) as typeof client.query;
        try {
          const entries = frames.map(([building, ...events]) =>
            signal(events, { facility: building.facility, transmitter: building.transmitter }),
          );
          await world.correlator.handle(client, entries, { world: LIVE, now: world.now });
        } finally {
          client.query = query;
        }
      });
      return statements;
    };
    const two = await count(buildings.slice(0, 2));
    expect(await count(buildings.slice(2))).toBe(two);
    expect(two).toBeLessThanOrEqual(10);
  });
});

describe('time passes', () => {
  it('silence never means false: the first dispatch is ready, desk and station limits escalate', async () => {
    const { building, id } = await openOne();
    await world.wait(29);
    expect(await world.kinds(id)).toEqual(['incident.opened']);
    await world.wait(1);
    expect(await world.only(building)).toMatchObject({ escalatedTo: 'province', nationalSounds: false });
    await world.wait(10);
    await world.wait(20);
    const state = await world.only(building);
    expect(state.dispatch).toMatchObject({ status: 'proposed', reasons: ['owner-silent'] });
    expect(Object.values(state.clocks).every((clock) => clock.passedAt !== null)).toBe(true);
    expect(state.status).toBe('open');
    await world.wait(100);
    const timers = await world.database.pool('keng_core').query('select from timer');
    expect(timers.rowCount).toBe(0);
    await expectReplayEqual();
  });

  it('whoever acts in time stops their own clock alone', async () => {
    const { building, id } = await openOne();
    await world.web([PROVINCE, STATION], (client) =>
      world.incidents.acceptAtDesk(client, world.caller('Synthetic desk'), id),
    );
    await answer(building, id, 0, 'false');
    await world.wait(300);
    const state = await world.only(building);
    expect(state.clocks).toMatchObject({
      owner: { passedAt: null },
      desk: { passedAt: null },
      station: { passedAt: isoAfter(300) },
    });
    expect(state).toMatchObject({ status: 'open', escalatedTo: 'province', dispatch: { status: 'none' } });
  });

  it('a centre that was down catches up: everything that is due at once, each told once', async () => {
    const { id } = await openOne();
    await world.wait(3_600);
    await world.wait(3_600);
    expect(await world.kinds(id)).toEqual([
      'incident.opened',
      'incident.limit-passed',
      'incident.owner-recalled',
      'incident.limit-passed',
      'incident.escalated',
      'incident.limit-passed',
      'incident.dispatch-proposed',
      'incident.dispatch-reminded',
      'incident.dispatch-reminded',
    ]);
    await expectReplayEqual();
  });
});

describe('the owner', () => {
  it('contradictory answers count as fire and propose the dispatch; false alone closes nothing', async () => {
    const { building, id } = await openOne();
    await answer(building, id, 0, 'false');
    expect(await world.only(building)).toMatchObject({ status: 'open', dispatch: { status: 'none' } });
    const state = await answer(building, id, 1, 'real');
    expect(state).toMatchObject({
      owner: { answer: 'contradictory' },
      confirmations: ['contradictory-answers'],
      dispatch: { status: 'proposed', reasons: ['contradictory-answers'] },
    });
    await expectReplayEqual();
  });

  it('real after the closing rings again, with a new timer for the desk', async () => {
    const { building, id } = await openOne();
    const caller = world.caller('Synthetic dispatcher');
    await world.web([PROVINCE, STATION], async (client) => {
      await world.incidents.acceptAtDesk(client, caller, id);
      await world.incidents.close(client, caller, id, { outcome: 'false', cause: 'dust', note: null });
    });
    await world.wait(100);
    await answer(building, id, 2, 'real');
    expect(await world.only(building)).toMatchObject({ status: 'open', desk: null });
    await world.wait(30);
    expect(await world.only(building)).toMatchObject({ escalatedTo: 'province' });
    await world.wait(15);
    expect(await world.only(building)).toMatchObject({ escalatedTo: 'national' });
    await expectReplayEqual();
  });

  it('what notify reports is in the chronology, one by one or many at once', async () => {
    const { building, id } = await openOne();
    const contact = building.contacts[0];
    if (contact === undefined) throw new Error('no contact');
    const rung = { contactId: contact.id, name: contact.name, order: 1, channel: 'voice' };
    const reached = {
      contactId: contact.id,
      name: contact.name,
      channel: 'voice',
      result: 'answered',
      detail: null,
    } as const;
    await world.core(async (client) => {
      await recordOwnerReports(
        client,
        LIVE,
        [{ incident: id, alerted: { contacts: [rung] }, reached: [reached] }],
        world.now,
      );
      await markMeasuresShown(client, LIVE, id, { contactId: contact.id, channel: 'telephone' }, world.now);
      await markMeasuresShown(client, LIVE, id, { contactId: contact.id, channel: 'page' }, world.now);
    });
    // The sender has no more rights than it needs, and these suffice.
    await transaction(world.database.pool('keng_sender'), (client) =>
      recordContactReached(client, LIVE, id, { ...reached, result: 'delivered' }, world.now),
    );
    expect((await world.only(building)).owner).toMatchObject({
      contacts: [{ contactId: contact.id, result: 'delivered' }],
      measuresShownAt: isoAfter(0),
    });
    expect(await world.kinds(id)).toEqual([
      'incident.opened',
      'incident.owner-alerted',
      'incident.contact-reached',
      'incident.measures-shown',
      'incident.contact-reached',
    ]);
    const shown = (await world.entries(id)).find((one) => one.kind === 'incident.measures-shown');
    expect(shown?.actor, 'whoever was shown them is who did it').toMatchObject({
      kind: 'contact',
      id: contact.id,
    });
    await expectReplayEqual();
  });
});

describe('several desks at once', () => {
  it('two accept at the same moment: one has it, the other hears who', async () => {
    const { id } = await openOne();
    const results = await Promise.allSettled(
      ['Synthetic A', 'Synthetic B'].map((name) => {
        const caller = world.caller(name);
        return world.web([PROVINCE, STATION], (client) => world.incidents.acceptAtDesk(client, caller, id));
      }),
    );
    const done = results.filter((result) => result.status === 'fulfilled');
    const refused = results.filter((result) => result.status === 'rejected');
    expect([done.length, refused.length]).toEqual([1, 1]);
    const problem = refused[0]?.reason as Problem;
    expect(problem).toMatchObject({ code: 'incident.accepted', status: 409 });
    expect(problem.params?.by).toBe(done[0]?.value.desk?.name);
    await expectReplayEqual();
  });

  it('two dispatch at the same moment: one order leaves', async () => {
    const { id } = await openOne();
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, (_, index) => {
        const caller = world.caller(`Synthetic ${index}`);
        return world.web([PROVINCE, STATION], (client) => world.incidents.dispatch(client, caller, id, {}));
      }),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect((await world.kinds(id)).filter((kind) => kind === 'incident.dispatch-confirmed')).toHaveLength(1);
  });
});

describe('who sees what', () => {
  const SCOPES: readonly [string, '*' | readonly string[], boolean][] = [
    ['the national desk', '*', true],
    ['its province', [PROVINCE, STATION, OTHER_STATION], true],
    ['its station', [STATION], true],
    ['another station of the province', [OTHER_STATION], false],
    ['a station of another province', ['VN-PC07-79-S1'], false],
    ['another province', [FAR_PROVINCE, 'VN-PC07-79-S1'], false],
    ['nobody', [], false],
  ];
  it.each(SCOPES)('%s', async (_, scope, sees) => {
    const { id } = await openOne();
    const caller = world.caller('Synthetic');
    const read = () => world.web(scope, (client) => world.incidents.read(client, caller, id));
    const change = () =>
      world.web(scope, (client) => world.incidents.note(client, caller, id, 'Synthetic note'));
    const snapshot = await snapshotOf(scope);
    expect(snapshot.incidents).toHaveLength(sees ? 1 : 0);
    if (sees) await expect(read()).resolves.toMatchObject({ id });
    else await expect(read()).rejects.toMatchObject({ code: 'incident.not-found', status: 404 });
    if (sees) await expect(change()).resolves.toMatchObject({ entries: 2 });
    else await expect(change()).rejects.toMatchObject({ code: 'incident.not-found' });
  });

  it('a station that is named by the dispatch sees it from then on; one of another province cannot be named', async () => {
    const { id } = await openOne();
    const caller = world.caller('Synthetic');
    const dispatch = (station: string) =>
      world.web([PROVINCE, STATION, OTHER_STATION], (client) =>
        world.incidents.dispatch(client, caller, id, { station: station as typeof STATION }),
      );
    await expect(dispatch('VN-PC07-79-S1')).rejects.toMatchObject({ code: 'dispatch.unknown-station' });
    await dispatch(OTHER_STATION);
    await expect(
      world.web([OTHER_STATION], (client) => world.incidents.read(client, caller, id)),
    ).resolves.toMatchObject({ id });
    const last = (await world.entries(id)).at(-1);
    expect(last).toMatchObject({ kind: 'incident.dispatch-confirmed', organisation: OTHER_STATION });
  });

  it('an exercise sees no live incident, works or timer, and can point at none', async () => {
    const { id } = await openOne();
    const pool = world.database.pool('keng_exercise');
    for (const table of ['incident', 'works', 'timer', 'incident_counter']) {
      expect((await pool.query(`select from ${table}`)).rowCount).toBe(0);
    }
    await expect(
      pool.query(
        `insert into timer (world, due_at, kind, subject, body) values ('live', $1, 'incident.limit', $2, '{}')`,
        [T0, id],
      ),
    ).rejects.toThrow(/row-level security/);
    const moved = await pool.query(`update incident set status = 'open' where id = $1`, [id]);
    expect(moved.rowCount).toBe(0);
  });

  it('the web cannot see, move or delete a timer, nor open or number an incident', async () => {
    await openOne();
    for (const statement of [
      'select from timer',
      'delete from timer',
      'update timer set due_at = due_at',
      'update incident set number = 7',
      'delete from incident',
      'select from incident_counter',
    ]) {
      await expect(world.web('*', (client) => client.query(statement))).rejects.toThrow(/permission denied/);
    }
  });
});

describe('the snapshot of a desk', () => {
  it('has what is open, most urgent first, then what was closed in the last two hours', async () => {
    const buildings = [await world.build(), await world.build(), await world.build()];
    for (const building of buildings) await world.hear([building, event('1')]);
    const [first, second, third] = buildings;
    if (!first || !second || !third) throw new Error('no buildings');
    await world.hear([third, event('7')]);
    const caller = world.caller('Synthetic dispatcher');
    const { id } = await world.only(first);
    await world.web('*', async (client) => {
      await world.incidents.acceptAtDesk(client, caller, id);
      await world.incidents.close(client, caller, id, { outcome: 'drill', cause: null, note: null });
    });
    const read = () => snapshotOf('*');
    const snapshot = await read();
    expect(snapshot).toMatchObject({
      position: 0,
      now: T0.toISOString(),
      refused: [],
      works: [],
      silent: [],
      absences: [],
      setAside: 0,
    });
    expect(snapshot.incidents.map((one: { number: number }) => one.number)).toEqual([3, 2, 1]);
    expect(snapshot.incidents).toEqual([
      await world.only(third),
      await world.only(second),
      await world.only(first),
    ]);
    world.clock.advance(LIVE, 7_201);
    expect((await read()).incidents).toHaveLength(2);
  });

  it('has the provinces that do not answer now, and since when, for whom they concern', async () => {
    const since = world.now.toISOString();
    const limit = { seconds: 120, source: 'test', official: false };
    const silence = {
      organisation: PROVINCE,
      reason: 'nobody-logged-in',
      since,
      incidentId: null,
      limit,
    } as const;
    await world.core((client) => markSilent(client, LIVE, [silence], world.now));
    const silent = async (scope: '*' | readonly string[]) => (await snapshotOf(scope)).silent;
    expect(await silent('*')).toMatchObject([{ organisation: PROVINCE, reason: 'nobody-logged-in', since }]);
    expect(await silent([PROVINCE])).toHaveLength(1);
    expect(await silent([FAR_PROVINCE])).toEqual([]);
    const act = { actor: { kind: 'system', id: 'test' }, at: world.now } as const;
    await world.core((client) => markAnswered(client, LIVE, PROVINCE, null, act));
    expect(await silent('*')).toEqual([]);
  });
});

describe('planned works', () => {
  async function plan(building: Building, called = true): Promise<WorksState> {
    const caller = world.caller('Synthetic officer');
    const contact = building.contacts[1];
    if (contact === undefined) throw new Error('no contact');
    return world.web([PROVINCE, STATION], async (client) => {
      const planned = await world.works.plan(client, caller, building.facility, {
        transmitterId: building.transmitter,
        zones: ['1'],
        from: world.now,
        until: new Date(world.now.getTime() + 3_600_000),
        reason: 'welding',
        requestedBy: null,
      });
      return called ? world.works.callBack(client, caller, planned.id, contact.id) : planned;
    });
  }

  it('mute after the call-back only, visibly, and end by themselves', async () => {
    const building = await world.build();
    await plan(building, false);
    await world.hear([building, event('1')]);
    expect(await world.states(building)).toHaveLength(1);
    const quiet = await world.build();
    const { id } = await plan(quiet);
    await world.hear([quiet, event('1')], [quiet, event('1')]);
    expect(await world.states(quiet)).toEqual([]);
    const muted = (await world.entries(quiet.transmitter)).filter((entry) => entry.kind === 'signal.muted');
    expect(muted).toHaveLength(2);
    expect(muted[0]).toMatchObject({
      organisation: STATION,
      facility: quiet.facility,
      body: { worksId: id, zone: '1' },
    });
    const shown = (await snapshotOf([STATION])).works;
    expect(shown.find((one: WorksState) => one.id === id)).toMatchObject({
      mutedSignals: 2,
      calledBack: { contactName: 'Synthetic contact 2' },
    });
    await world.wait(3_600);
    const ended = (await world.entries(id)).at(-1);
    expect(ended).toMatchObject({ kind: 'works.ended', body: { reason: 'time', by: null }, revision: 5 });
    await world.hear([quiet, event('1')]);
    expect(await world.states(quiet)).toHaveLength(1);
  });

  it('leave other zones and call points ringing', async () => {
    const building = await world.build();
    await plan(building);
    await world.hear([building, event('1'), event('7')]);
    expect((await world.only(building)).zones).toMatchObject([{ zone: '7', family: 'manual' }]);
  });

  it('end by a person, and then ring', async () => {
    const building = await world.build();
    const { id } = await plan(building);
    const caller = world.caller('Synthetic officer');
    await world.web([STATION], (client) => world.works.end(client, caller, id, 'person'));
    await world.hear([building, event('1')]);
    expect(await world.states(building)).toHaveLength(1);
    await world.wait(3_600);
    expect((await world.entries(id)).filter((entry) => entry.kind === 'works.ended')).toHaveLength(1);
  });

  it('cannot be planned or ended by whoever does not see the facility', async () => {
    const building = await world.build();
    const { id } = await plan(building);
    const caller = world.caller('Synthetic stranger');
    await expect(
      world.web([FAR_PROVINCE], (client) => world.works.end(client, caller, id, 'person')),
    ).rejects.toMatchObject({ code: 'works.not-found' });
  });

  it('are confirmed by a registered contact only', async () => {
    const building = await world.build();
    const other = await world.build();
    const { id } = await plan(building, false);
    const stranger = other.contacts[0];
    if (stranger === undefined) throw new Error('no contact');
    const caller = world.caller('Synthetic officer');
    await expect(
      world.web('*', (client) => world.works.callBack(client, caller, id, stranger.id)),
    ).rejects.toMatchObject({ code: 'works.unknown-contact' });
  });
});
