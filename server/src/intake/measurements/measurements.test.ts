import { signRequest } from '@keng/device-api';
import { encodeData, localTime } from '@keng/gb26875';
import { LIVE } from '@keng/model';
import mqtt from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../../platform/index.ts';
import { asAdministrator, createTestDatabase, type TestDatabase } from '../../testing/index.ts';
import { until } from '../../testing/until.ts';
import { Device, frameOf, gb26875Transmitter, heartbeat } from '../gb26875/device.fixture.ts';
import type { ReceiversOptions } from '../start-receivers.ts';
import { type Rig, startRig, storedSignals, transmitter } from '../test-rig.ts';
import { keepMeasurementDays, MEASUREMENT_DAYS } from './keep-days.ts';
import { inUnits, measuredAt } from './measurement.ts';
import { CHART_STEPS, lastMeasurements, measurementSeries } from './store.ts';

const key = Buffer.alloc(32, 5);
const gateway = gb26875Transmitter(4_711);
const api = transmitter('D001', { protocol: 'device-api', key: { bytes: key } });
const meter = transmitter('E001', { protocol: 'mqtt', key: { bytes: key } });
const any = { host: '127.0.0.1', port: 0 };
const settings = { gb26875Tcp: any, deviceApi: any, mqttTcp: any };

let database: TestDatabase;
let rig: Rig;
beforeAll(async () => {
  database = await createTestDatabase();
  rig = await start();
});
afterEach(async () => {
  await asAdministrator(database.address, 'truncate measurement, measurement_last');
});
afterAll(async () => {
  await rig.stop();
  await database.drop();
});

const start = (more: Partial<ReceiversOptions> = {}): Promise<Rig> =>
  startRig(database.pool('keng_receiver'), [gateway, api, meter], { settings, ...more });
const portOf = (one: Rig, name: string): number => Number(one.receivers.addresses[name]?.split(':').at(-1));

interface Row {
  readonly part: string;
  readonly kind: string;
  readonly unit: string;
  readonly value: number | null;
  readonly words: string | null;
  readonly at: Date;
}

async function rows(): Promise<Row[]> {
  const found = await database
    .pool('keng_auditor')
    .query<Row>('select part, kind, unit, value, words, at from measurement order by part, kind, at');
  return found.rows;
}

const local = (beforeMs = 0): string => localTime(Date.now() - beforeMs, 0);
const pressure = (value: number, time = local()): Uint8Array =>
  encodeData(3, [
    { systemType: 12, systemAddress: 1, partType: 99, area: 10, position: 2, kind: 4, value, time },
    { systemType: 12, systemAddress: 1, partType: 31, area: 10, position: 3, kind: 3, value: -55, time },
  ]);

describe('GB/T 26875.3', () => {
  it('analogue values are in the series when they are confirmed, in their units, and are no entries', async () => {
    const device = await Device.connect(rig.gb26875Port);
    const answer = await device.ask(frameOf(4_711, pressure(45)));
    expect(answer?.commandName).toBe('confirm');
    expect(await rows()).toMatchObject([
      { part: '1-10-2', kind: 'pressure', unit: 'MPa', value: 4.5 },
      { part: '1-10-3', kind: 'temperature', unit: '°C', value: -5.5 },
    ]);
    expect(await storedSignals(database.pool('keng_auditor'))).toEqual([]);
    device.close();
  });

  it('a retry is confirmed and stored once, at another receiver too', async () => {
    const other = await start();
    const [one, two] = [await Device.connect(rig.gb26875Port), await Device.connect(other.gb26875Port)];
    const frame = frameOf(4_711, pressure(45));
    for (const device of [one, one, two]) expect((await device.ask(frame))?.commandName).toBe('confirm');
    expect(await rows()).toHaveLength(2);
    one.close();
    two.close();
    await other.stop();
  });

  it('versions are words; what a clock shows is kept once an hour, although it is told all the time', async () => {
    const device = await Device.connect(rig.gb26875Port);
    await device.ask(frameOf(4_711, encodeData(25, [{ major: 3, minor: 14 }])));
    const clock = () => frameOf(4_711, encodeData(28, [{ time: local(60_000) }]), { time: local() });
    for (let time = 0; time < 5; time += 1) expect((await device.ask(clock()))?.commandName).toBe('confirm');
    const found = await rows();
    expect(found.map(({ kind, words }) => [kind, words])).toEqual([
      ['clock-ahead', null],
      ['software-version', '3.14'],
    ]);
    expect(Math.abs((found[0]?.value ?? 0) + 60)).toBeLessThan(10);
    device.close();
  });

  it('nothing is confirmed that is not stored, and the device is heard when it is', async () => {
    const own = await start();
    const device = await Device.connect(own.gb26875Port);
    await asAdministrator(database.address, 'revoke insert on measurement from keng_receiver');
    device.send(frameOf(4_711, pressure(45)));
    await until(() => own.receivers.metrics().gb26875.frames.unstored === 1);
    // The connection is alive, and nothing was said about the values.
    expect((await device.ask(heartbeat(4_711)))?.dataLength).toBe(0);
    expect(own.receivers.metrics().gb26875.frames).toMatchObject({ measured: 0, heartbeats: 1 });
    await asAdministrator(database.address, 'grant insert on measurement to keng_receiver');
    await until(() => own.receivers.failing === null);
    expect((await device.ask(frameOf(4_711, pressure(46))))?.commandName).toBe('confirm');
    expect(own.receivers.metrics().gb26875.frames).toMatchObject({ measured: 2 });
    device.close();
    await own.stop();
  });
});

describe('Device API and MQTT', () => {
  const target = '/api/device/v1/measurements';
  const signedHeaders = (body: Buffer, createdMs = Date.now()) =>
    signRequest({ method: 'POST', target }, body, { keyId: 'D001', key }, createdMs);
  const post = async (body: Buffer, headers: Record<string, string> = signedHeaders(body)) => {
    const answer = await fetch(`http://127.0.0.1:${portOf(rig, 'deviceApi')}${target}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: new Uint8Array(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const message = (...measurements: object[]): Buffer => Buffer.from(JSON.stringify({ measurements }));
  const level = { kind: 'level', part: 3, unit: 'm', value: 1.25 };

  it('a signed message is in the series when it is answered', async () => {
    const at = new Date(Date.now() - 3_600_000).toISOString();
    const answer = await post(message({ ...level, at }, { kind: 'battery', unit: 'V', value: 12.4 }));
    expect(answer).toMatchObject({ status: 200, body: { measured: 2 } });
    const found = await rows();
    expect(found).toMatchObject([
      { part: '', kind: 'battery', unit: 'V', value: 12.4 },
      { part: '3', kind: 'level', unit: 'm', value: 1.25 },
    ]);
    expect(found[1]?.at.toISOString()).toBe(at);
  });

  it('said again as it was it is answered alike, adds nothing and proves no life', async () => {
    const own = await start();
    const body = message(level);
    const headers = signedHeaders(body);
    await post(body, headers);
    expect(await post(body, headers)).toMatchObject({ status: 200 });
    expect(await rows()).toHaveLength(1);
    expect(rig.receivers.metrics().deviceApi.messages.replayed).toBe(1);
    await own.stop();
  });

  it('what breaks the schema is refused by name and not stored', async () => {
    const broken = [
      message({ ...level, value: 'high' }),
      message({ ...level, kind: 'Level!' }),
      Buffer.from('{"measurements":[{"kind":"level","value":1e999}]}'),
      Buffer.from('no json'),
    ];
    for (const body of broken) expect(await post(body)).toMatchObject({ status: 422 });
    expect(await rows()).toEqual([]);
  });

  it('over MQTT: PUBACK after the commit; what cannot be read is acknowledged and counted', async () => {
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${portOf(rig, 'mqttTcp')}`, {
      clientId: 'E001',
      username: 'E001',
      password: key,
    });
    await client.publishAsync('keng/v1/E001/measurement', message(level), { qos: 1 });
    expect(await rows()).toMatchObject([{ part: '3', kind: 'level', value: 1.25 }]);
    await client.publishAsync('keng/v1/E001/measurement', 'nonsense', { qos: 1 });
    expect(rig.receivers.metrics().mqtt.messages).toMatchObject({ damaged: 1, measured: 1 });
    await client.endAsync();
  });
});

describe('the series', () => {
  it('is read as last values, and as a chart of bounded length with what each point hides', async () => {
    const device = await Device.connect(rig.gb26875Port);
    for (const [value, before] of [
      [40, 7_200_000],
      [52, 3_600_000],
      [47, 1_000],
    ] as const)
      await device.ask(frameOf(4_711, pressure(value, local(before))));
    device.close();
    const now = new Date();
    const web = database.pool('keng_auditor');
    await transaction(web, async (client) => {
      const last = await lastMeasurements(client, LIVE, gateway.facilityId);
      expect(last.map(({ kind, value }) => [kind, value])).toEqual([
        ['pressure', 4.7],
        ['temperature', -5.5],
      ]);
      const question = { transmitter: gateway.transmitterId, part: '1-10-2', kind: 'pressure', to: now };
      const day = await measurementSeries(client, LIVE, {
        ...question,
        from: new Date(now.getTime() - 86_400_000),
      });
      expect(day.map(([, least, mean, greatest]) => [least, mean, greatest])).toEqual([
        [4, 4, 4],
        [5.2, 5.2, 5.2],
        [4.7, 4.7, 4.7],
      ]);
      const month = await measurementSeries(client, LIVE, {
        ...question,
        from: new Date(now.getTime() - 30 * 86_400_000),
      });
      expect(month.length).toBeLessThanOrEqual(CHART_STEPS);
      expect(month.map(([, least, , greatest]) => [least, greatest])).toEqual([[4, 5.2]]);
    });
  });

  it('an older value that comes late is in the series, and does not become the last', async () => {
    const device = await Device.connect(rig.gb26875Port);
    await device.ask(frameOf(4_711, pressure(47)));
    await device.ask(frameOf(4_711, pressure(99, local(3_600_000))));
    device.close();
    await transaction(database.pool('keng_auditor'), async (client) => {
      const [last] = await lastMeasurements(client, LIVE, gateway.facilityId);
      expect(last?.value).toBe(4.7);
    });
    expect(await rows()).toHaveLength(4);
  });

  it('its days are made before they begin and dropped when their time is over, and no value is ever without a place', async () => {
    const core = database.pool('keng_core');
    const days = async () =>
      (
        await core.query<{ name: string }>(
          `select relname as name from pg_class where relname ~ '^measurement_\\d{8}$' order by 1`,
        )
      ).rows.map((row) => row.name.slice(-8));
    // A day far from all that exist: the clock of the centre was set right.
    const then = new Date('2031-03-10T12:00:00Z');
    const insert = (at: string) =>
      database.pool('keng_receiver').query(
        `insert into measurement (world, transmitter, part, kind, at, facility, organisation, unit, value)
         values ('live', $1, '', 'level', $2, $3, 'pc-test', 'm', 1)`,
        [api.transmitterId, at, api.facilityId],
      );
    await insert('2031-03-11T00:00:00Z');
    await keepMeasurementDays(core, LIVE, then);
    // The 11th has a value in the rest already: it stays there.
    expect(await days()).toEqual(['20310309', '20310310', '20310312', '20310313']);
    await insert('2031-03-12T23:59:59Z');
    await keepMeasurementDays(core, LIVE, new Date(then.getTime() + (MEASUREMENT_DAYS + 2) * 86_400_000));
    expect(await rows()).toMatchObject([{ at: new Date('2031-03-12T23:59:59Z') }]);
    expect(await days()).toContain('20310412');
    expect(await days()).not.toContain('20310310');
    await keepMeasurementDays(core, LIVE, new Date());
  });
});

describe('which time is believed', () => {
  const now = new Date('2026-11-22T03:00:00.000Z');
  it.each([
    ['its own', ['2026-11-22T02:00:00.000Z'], '2026-11-22T02:00:00.000Z'],
    ['of a clock a minute ahead', ['2026-11-22T03:01:00.000Z'], '2026-11-22T03:01:00.000Z'],
    ['of a clock an hour ahead: when it was heard', ['2026-11-22T04:00:00.000Z'], now.toISOString()],
    ['of two days ago: when it was heard', ['2026-11-20T03:00:00.000Z'], now.toISOString()],
    ['none, but that of the message', [null, '2026-11-22T02:59:00.000Z'], '2026-11-22T02:59:00.000Z'],
    ['nothing readable', ['soon'], now.toISOString()],
  ])('%s', (_what, said, expected) => {
    expect(measuredAt(said, now).toISOString()).toBe(expected);
  });

  it('steps become units without the dust of binary fractions', () => {
    expect([inUnits(45, 0.01), inUnits(-3, 0.1), inUnits(7, 1)]).toEqual([0.45, -0.3, 7]);
  });
});
