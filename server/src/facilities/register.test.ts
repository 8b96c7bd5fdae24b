import {
  applyFacility,
  type ContactId,
  canonicalJson,
  type FacilityId,
  type FacilityState,
  LIVE,
  newId,
  type TransmitterId,
} from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pool } from '../platform/index.ts';
import { listFacilities } from './list.ts';
import {
  facilitySummaries,
  findTransmitterByAccount,
  loadTransmitters,
  loadTransmittersOf,
} from './receiver-store.ts';
import { registerFacilitiesInBatches } from './register-in-bulk.ts';
import {
  at,
  createTestRegister,
  DESK,
  goodInput,
  hand,
  kek,
  OTHER_STATION,
  SAIGON,
  STATION,
  type TestRegister,
} from './test-register.ts';
import { readTransmitterKey } from './transmitter-key.ts';

let register: TestRegister;
beforeAll(async () => {
  register = await createTestRegister();
});
afterAll(async () => {
  await register.database.drop();
});

const SECRET = '000102030405060708090A0B0C0D0E0F';
const pages = { world: LIVE, kek };
let accounts = 0;
/** An account that no other test uses. */
function nextAccount(): string {
  accounts += 1;
  return `B${accounts.toString(16).toUpperCase().padStart(4, '0')}`;
}
function inputWith(change: Parameters<typeof goodInput>[0] = {}) {
  const input = goodInput(change);
  return change.transmitters
    ? input
    : { ...input, transmitters: input.transmitters.map((one) => ({ ...one, account: nextAccount() })) };
}
const firstTransmitter = (state: FacilityState): TransmitterId =>
  state.transmitters[0]?.id ?? newId<TransmitterId>();

/** State from the entries alone, read by the owner: no sequencer runs here, so by id. */
async function rebuilt(pool: Pool, id: FacilityId): Promise<FacilityState | null> {
  const { rows } = await pool.query(
    'select kind, body, at, revision from entry where world = $1 and subject = $2 order by revision',
    [LIVE, id],
  );
  expect(rows.map((row) => row.revision)).toEqual(rows.map((_, index) => index + 1));
  return rows.reduce(
    (state, row) => applyFacility(state, { ...row, subject: id, at: row.at.toISOString() }),
    null,
  );
}

describe('the facility register', () => {
  it('keeps the state that its entries give when they are replayed', async () => {
    const { service, all } = register;
    const first = await all((client) => service.register(client, hand, inputWith()));
    const id = first.state.id;
    const transmitterId = firstTransmitter(first.state);
    await all((client) => service.setKey(client, hand, id, transmitterId, readTransmitterKey(SECRET, 'hex')));
    const now = await all((client) => service.get(client, LIVE, id));
    const { synthetic: _s, registeredAt: _r, changedAt: _c, removedAt: _d, id: _i, ...form } = now.state;
    const input = {
      ...form,
      synthetic: true,
      name: 'Tên mới',
      transmitters: form.transmitters.map(({ encrypted: _e, ...one }) => one),
    };
    const changed = await all((client) => service.change(client, hand, id, input, now.revision));
    expect(changed.state.transmitters[0]).toMatchObject({ id: transmitterId, encrypted: true });
    await all((client) => service.remove(client, hand, id, 'phá dỡ'));
    const stored = await all((client) => service.get(client, LIVE, id));
    expect(stored.revision).toBe(4);
    expect(canonicalJson(stored.state)).toBe(
      canonicalJson(await rebuilt(register.database.pool('keng_auditor'), id)),
    );
  });

  it('puts contacts in calling order whatever their order in the form', async () => {
    const input = inputWith();
    const { state } = await register.all((client) =>
      register.service.register(client, hand, { ...input, contacts: [...input.contacts].reverse() }),
    );
    expect(state.contacts.map((one) => one.order)).toEqual([1, 2, 3]);
  });

  it('does not overwrite what somebody else changed in between', async () => {
    const { service, all } = register;
    const { state } = await all((client) => service.register(client, hand, inputWith()));
    const input = inputWith();
    await all((client) => service.change(client, hand, state.id, input, 1));
    await expect(all((client) => service.change(client, hand, state.id, input, 1))).rejects.toMatchObject({
      code: 'facility.changed-meanwhile',
      params: { revision: 2 },
    });
  });

  it('tells all that is wrong at once, with the name of whoever has the account', async () => {
    const { service, all } = register;
    const { state } = await all((client) => service.register(client, hand, inputWith({ name: 'Người giữ' })));
    const taken = state.transmitters[0]?.account ?? '';
    const input = inputWith({ category: 'castle' });
    const wrong = { ...input, transmitters: input.transmitters.map((one) => ({ ...one, account: taken })) };
    const refusal = await all((client) => service.register(client, hand, wrong)).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ code: 'facility.invalid' });
    expect(refusal).toHaveProperty('problems', [
      expect.objectContaining({ at: 'category', code: 'facility.category-unknown' }),
      expect.objectContaining({
        at: 'transmitters.0.account',
        code: 'facility.account-taken',
        detail: expect.stringContaining('Người giữ'),
      }),
    ]);
  });

  it('refuses an account that somebody has whom this session does not see, and stores nothing', async () => {
    const { service, all, scoped } = register;
    const { state } = await all((client) => service.register(client, hand, inputWith()));
    const account = state.transmitters[0]?.account ?? '';
    const there = {
      name: 'Chậm chân',
      areaCode: SAIGON,
      position: [106.7, 10.78] as [number, number],
      organisation: OTHER_STATION,
    };
    const input = inputWith(there);
    const same = { ...input, transmitters: input.transmitters.map((one) => ({ ...one, account })) };
    await expect(
      scoped({ organisations: [OTHER_STATION] }, (client) => service.register(client, hand, same)),
    ).rejects.toMatchObject({
      code: 'facility.account-taken',
      status: 409,
    });
    const found = await all((client) => listFacilities(client, LIVE, { search: 'cham chan', limit: 10 }));
    expect(found.facilities).toEqual([]);
  });

  it('lets two transmitters exchange their accounts in one change', async () => {
    const { service, all } = register;
    const base = goodInput().transmitters[0];
    if (!base) throw new Error('goodInput has a transmitter');
    const [a, b] = [nextAccount(), nextAccount()];
    const { state } = await all((client) =>
      service.register(
        client,
        hand,
        goodInput({
          transmitters: [
            { ...base, account: a },
            { ...base, account: b },
          ],
        }),
      ),
    );
    const swapped = state.transmitters.map(({ encrypted: _e, ...one }) => ({
      ...one,
      account: one.account === a ? b : a,
    }));
    await all((client) => service.change(client, hand, state.id, goodInput({ transmitters: swapped }), null));
    const receiver = register.database.pool('keng_receiver');
    expect((await findTransmitterByAccount(receiver, pages, 'dc09', b))?.id).toBe(state.transmitters[0]?.id);
  });

  it('sets no key for a protocol that knows none: all that the device says would be refused', async () => {
    const { service, all } = register;
    const [panel] = inputWith().transmitters;
    if (!panel) throw new Error('the facility has a transmitter');
    const transmitters = [{ ...panel, protocol: 'gb26875' as const, account: '0000000003F9' }];
    const { state } = await all((client) => service.register(client, hand, { ...inputWith(), transmitters }));
    const key = readTransmitterKey(SECRET, 'hex');
    const setting = all((client) => service.setKey(client, hand, state.id, firstTransmitter(state), key));
    await expect(setting).rejects.toMatchObject({ code: 'facility.key-impossible' });
    const receiver = register.database.pool('keng_receiver');
    expect(await findTransmitterByAccount(receiver, pages, 'gb26875', '0000000003F9')).toMatchObject({
      key: null,
    });
    expect(await findTransmitterByAccount(receiver, pages, 'dc09', '0000000003F9')).toBeNull();
  });

  it('gives the receiver the key that was set, in plain only in its memory, and takes it away again', async () => {
    const { service, all } = register;
    const { state } = await all((client) => service.register(client, hand, inputWith()));
    const id = firstTransmitter(state);
    const receiver = register.database.pool('keng_receiver');
    await all((client) => service.setKey(client, hand, state.id, id, readTransmitterKey(SECRET, 'hex')));
    const [loaded] = await loadTransmittersOf(receiver, pages, [state.id]);
    expect(
      Buffer.from(loaded?.key ?? [])
        .toString('hex')
        .toUpperCase(),
    ).toBe(SECRET);
    const { rows } = await receiver.query('select sealed from transmitter_key where transmitter = $1', [id]);
    expect(rows[0]?.sealed.includes(Buffer.from(SECRET, 'hex'))).toBe(false);
    const log = await register.database
      .pool('keng_auditor')
      .query('select body::text from entry where subject = $1', [state.id]);
    expect(log.rows.map((row) => row.body).join()).not.toContain(SECRET);
    await all((client) => service.setKey(client, hand, state.id, id, null));
    expect((await loadTransmittersOf(receiver, pages, [state.id]))[0]?.key).toBeNull();
  });

  it('a key that does not open stops no other device, and its own device may not speak plain', async () => {
    const { service, all } = register;
    const { state } = await all((client) => service.register(client, hand, inputWith()));
    const id = firstTransmitter(state);
    await all((client) => service.setKey(client, hand, state.id, id, readTransmitterKey(SECRET, 'hex')));
    const broken: string[] = [];
    const [loaded] = await loadTransmittersOf(
      register.database.pool('keng_receiver'),
      { ...pages, kek: new Uint8Array(32), onBrokenKey: (error) => broken.push(error.transmitterId) },
      [state.id],
    );
    expect(broken).toEqual([id]);
    expect(loaded?.key).toHaveLength(16);
    expect(
      Buffer.from(loaded?.key ?? [])
        .toString('hex')
        .toUpperCase(),
    ).not.toBe(SECRET);
  });

  it('frees the accounts of a removed facility, and its receivers forget it', async () => {
    const { service, all } = register;
    const input = inputWith();
    const { state } = await all((client) => service.register(client, hand, input));
    await all((client) => service.remove(client, hand, state.id, 'phá dỡ'));
    expect(await loadTransmittersOf(register.database.pool('keng_receiver'), pages, [state.id])).toEqual([]);
    await all((client) => service.register(client, hand, input));
    await expect(all((client) => service.change(client, hand, state.id, input, null))).rejects.toMatchObject({
      code: 'facility.removed',
    });
  });

  it('loads all transmitters by pages', async () => {
    const receiver = register.database.pool('keng_receiver');
    const whole = await loadTransmitters(receiver, pages);
    const paged: string[] = [];
    for (let page = await loadTransmitters(receiver, pages, null, 2); page.length > 0; ) {
      paged.push(...page.map((one) => one.id));
      page = await loadTransmitters(receiver, pages, page.at(-1)?.id ?? null, 2);
    }
    expect(paged).toEqual(whole.map((one) => one.id));
    expect(new Set(paged).size).toBe(paged.length);
  });
});

describe('search', () => {
  it.each(['tran hung dao', 'TRẦN  Hưng', 'hung 27', 'kho xang'])(
    'finds by %j without marks',
    async (search) => {
      const { service, all } = register;
      await all((client) =>
        service.register(client, hand, inputWith({ name: 'Kho xăng dầu', address: '27 Trần Hưng Đạo' })),
      );
      const found = await all((client) => listFacilities(client, LIVE, { search, limit: 50 }));
      expect(found.facilities.map((one) => one.name)).toContain('Kho xăng dầu');
    },
  );

  it('takes the signs of LIKE as signs', async () => {
    for (const search of ['%', '_____', "'", '\\']) {
      const found = await register.all((client) => listFacilities(client, LIVE, { search, limit: 5 }));
      expect(found.facilities).toEqual([]);
    }
  });

  it('walks all pages without a gap or a repeat', async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await register.all((client) => listFacilities(client, LIVE, { cursor, limit: 2 }));
      ids.push(...page.facilities.map((one) => one.id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    const whole = await register.all((client) => listFacilities(client, LIVE, { limit: 500 }));
    expect(ids).toEqual(whole.facilities.map((one) => one.id));
    await expect(
      register.all((client) => listFacilities(client, LIVE, { cursor: 'x', limit: 2 })),
    ).rejects.toMatchObject({ code: 'cursor.invalid' });
  });
});

describe('who sees what', () => {
  it('shows a station its own facilities only, a desk those below it, an owner their own, and nobody else any', async () => {
    const { service, all, scoped } = register;
    const mine = await all((client) => service.register(client, hand, inputWith({ name: 'Của trạm này' })));
    const other = await all((client) =>
      service.register(
        client,
        hand,
        inputWith({
          name: 'Của trạm kia',
          areaCode: SAIGON,
          position: [106.7, 10.78],
          organisation: OTHER_STATION,
        }),
      ),
    );
    const names = async (scope: Parameters<typeof scoped>[0]) =>
      (
        await scoped(scope, (client) => listFacilities(client, LIVE, { search: 'của trạm', limit: 50 }))
      ).facilities.map((one) => one.name);
    expect(await names({ organisations: [STATION] })).toEqual(['Của trạm này']);
    expect(await names({ organisations: [DESK, STATION] })).toEqual(['Của trạm này']);
    expect(await names({ facilities: [other.state.id] })).toEqual(['Của trạm kia']);
    expect(await names({})).toEqual([]);
    await expect(
      scoped({ organisations: [OTHER_STATION] }, (client) => service.get(client, LIVE, mine.state.id)),
    ).rejects.toMatchObject({ code: 'facility.not-found' });
    await expect(
      scoped({ organisations: [OTHER_STATION] }, (client) => service.register(client, hand, inputWith())),
    ).rejects.toMatchObject({ code: 'permission.missing' });
    await expect(
      scoped({ organisations: [OTHER_STATION] }, (client) =>
        client.query('delete from transmitter_key where world = $1', [LIVE]),
      ),
    ).resolves.toMatchObject({ rowCount: 0 });
  });

  it('shows an exercise no live facility, transmitter or key, whatever it sets', async () => {
    const exercise = register.database.pool('keng_exercise');
    await register.all((client) => register.service.register(client, hand, inputWith()));
    for (const table of ['facility', 'facility_search', 'transmitter', 'transmitter_key']) {
      await exercise.query(`select set_config('keng.scope', '*', false)`);
      const { rows } = await exercise.query(`select count(*)::integer as n from ${table}`);
      expect(rows).toEqual([{ n: 0 }]);
    }
    await expect(
      exercise.query(`select * from keng_find_facilities('live', '{}', null, null, null, null, null, 10)`),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('lets the web set a key and never read one', async () => {
    await expect(
      register.all((client) => client.query('select sealed from transmitter_key')),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('shows a receiver whose a transmitter is, and not who answers the telephone there', async () => {
    await expect(
      register.database.pool('keng_receiver').query('select state from facility'),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('registering in bulk', () => {
  it('takes batches with their keys, and correlation reads them back in one question', async () => {
    const { database } = register;
    const base = goodInput();
    const drafts = [1, 2, 3].map((n) => ({
      ...base,
      name: `Hàng loạt ${n}`,
      contacts: base.contacts.map((one) => ({ ...one, id: newId<ContactId>() })),
      transmitters: base.transmitters.map((one) => ({
        ...one,
        id: newId<TransmitterId>(),
        account: nextAccount(),
        key: n === 1 ? readTransmitterKey(SECRET, 'hex') : null,
      })),
    }));
    const told: number[] = [];
    await registerFacilitiesInBatches(database.pool('keng_web'), drafts, {
      ...hand,
      source: 'demonstration',
      kek,
      wallClock: () => at,
      progress: (done) => told.push(done),
    });
    expect(told).toEqual([3]);
    const { facilities } = await register.all((client) =>
      listFacilities(client, LIVE, { search: 'hang loat', limit: 10 }),
    );
    const found = await facilitySummaries(
      database.pool('keng_core'),
      LIVE,
      facilities.map((one) => one.id),
    );
    expect(facilities.map((one) => found.get(one.id))).toMatchObject(
      drafts.map(({ name, contacts, transmitters }) => ({
        summary: { name, synthetic: true, position: base.position },
        organisation: STATION,
        contacts,
        transmitters: [{ account: transmitters[0]?.account, encrypted: name === 'Hàng loạt 1' }],
        removed: false,
      })),
    );
  });
});
