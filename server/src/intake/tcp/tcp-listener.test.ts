import { afterAll, beforeAll, expect, it } from 'vitest';
import { openClient } from '../../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/index.ts';
import { until } from '../../testing/until.ts';
import { Device, frameOf, gb26875Transmitter, heartbeat, partState } from '../gb26875/device.fixture.ts';
import { type Rig, startRig } from '../test-rig.ts';

const devices = [
  ...[1, 2, 3].map((source) => gb26875Transmitter(source)),
  gb26875Transmitter(4, { reportingSeconds: 3_600 }),
];

let database: TestDatabase;
let rig: Rig;
beforeAll(async () => {
  database = await createTestDatabase();
  const limits = { connections: 2 };
  rig = await startRig(database.pool('keng_receiver'), devices, { limits });
});
afterAll(async () => {
  await rig.stop();
  await database.drop();
});

const tcp = () => rig.receivers.metrics().gb26875.tcp;

it('when every place is taken by an alarm on its way to the disk, whoever comes is turned away, and no alarm is lost', async () => {
  const blocker = await openClient(database.address, 'administrator', 'blocker');
  const [one, two] = [await Device.connect(rig.gb26875Port), await Device.connect(rig.gb26875Port)];
  try {
    await blocker.query('begin; lock table entry in access exclusive mode');
    one.send(frameOf(1, partState(2)));
    two.send(frameOf(2, partState(2)));
    await until(() => rig.receivers.metrics().gb26875.frames.frames === 2);
    const third = await Device.connect(rig.gb26875Port);
    expect(await third.answer()).toBeNull();
    expect(tcp()).toMatchObject({ connections: 2, turnedAway: 1, strangersClosed: 0 });
  } finally {
    await blocker.query('commit');
    await blocker.end();
  }
  expect(await one.answer()).toMatchObject({ commandName: 'confirm' });
  expect(await two.answer()).toMatchObject({ commandName: 'confirm' });
  // Both are known by now: strangers find no place, and the first that leaves makes one.
  const stranger = await Device.connect(rig.gb26875Port);
  expect(await stranger.answer()).toBeNull();
  one.close();
  await until(() => tcp()?.connections === 1);
  const again = await Device.connect(rig.gb26875Port);
  expect(await again.ask(frameOf(3, partState(2)))).toMatchObject({ commandName: 'confirm' });
  again.close();
  two.close();
});

it('a stranger who says nothing gives way to whoever comes', async () => {
  await until(() => tcp()?.connections === 0);
  const [first, second, third] = [
    await Device.connect(rig.gb26875Port),
    await Device.connect(rig.gb26875Port),
    await Device.connect(rig.gb26875Port),
  ];
  expect(await first.answer()).toBeNull();
  expect(await third.ask(frameOf(3, partState(4)))).toMatchObject({ commandName: 'confirm' });
  expect(await second.ask(frameOf(2, partState(4)))).toMatchObject({ commandName: 'confirm' });
  expect(tcp()).toMatchObject({ strangersClosed: 1, connections: 2 });
  for (const one of [second, third]) one.close();
});

it('a registered device that is silent too long is closed; one with a longer reporting time, or with an alarm on its way, is not', async () => {
  const own = await startRig(database.pool('keng_receiver'), devices, { limits: { idleMs: 50 } });
  const blocker = await openClient(database.address, 'administrator', 'blocker');
  const [patient, alarming, silent] = [
    await Device.connect(own.gb26875Port),
    await Device.connect(own.gb26875Port),
    await Device.connect(own.gb26875Port),
  ];
  const slow = frameOf(4, partState(2));
  await patient.ask(heartbeat(4));
  patient.send(slow.subarray(0, 9));
  try {
    await blocker.query('begin; lock table entry in access exclusive mode');
    alarming.send(Buffer.concat([heartbeat(1), frameOf(1, partState(2))]));
    expect(await alarming.answer()).toMatchObject({ commandName: 'confirm' });
    expect(await silent.ask(heartbeat(2))).toMatchObject({ commandName: 'confirm' });
    await until(() => silent.panel.closed);
    expect(own.receivers.metrics().gb26875.tcp).toMatchObject({ idleClosed: 1, connections: 2 });
  } finally {
    await blocker.query('commit');
    await blocker.end();
  }
  expect(await alarming.answer()).toMatchObject({ commandName: 'confirm' });
  // Many looks at unfinished frames have passed, and its time has not.
  patient.send(slow.subarray(9));
  expect(await patient.answer()).toMatchObject({ commandName: 'confirm' });
  for (const one of [patient, alarming]) one.close();
  await own.stop();
});

it('a stranger that says nothing is closed after his time, a registered device is not', async () => {
  const own = await startRig(database.pool('keng_receiver'), devices, { limits: { strangerIdleMs: 100 } });
  const device = await Device.connect(own.gb26875Port);
  device.send(heartbeat(1));
  const stranger = await Device.connect(own.gb26875Port);
  expect(await stranger.answer()).toBeNull();
  expect(await device.answer()).toMatchObject({ commandName: 'confirm' });
  expect(await device.ask(heartbeat(1))).toMatchObject({ commandName: 'confirm' });
  device.close();
  await own.stop();
});
