import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import {
  type RunningTelephoneGateway,
  startTelephoneGateway,
  type TelephoneGatewayOptions,
} from '../telephone-gateway/index.ts';
import { interrupted, print, type SimulatorCommand } from './command.ts';
import { FLEET_OPTIONS, openFleet } from './fleet-options.ts';

const KENG = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));
const GATEWAY_PORT = 8115;
const DEVICE_API_PORT = 8116;
const MQTT_PORT = 11_883;
/** A busy evening: an alarm somewhere about every four minutes. */
const ALARMS_A_DAY = 360;
/** The first alarm comes soon after the start, so that whoever looks sees one. */
const FIRST_ALARM_MS = 8_000;
const REPORT_MS = 60_000;

interface Ready {
  readonly type: 'ready';
  readonly listening: Readonly<Record<string, string>>;
}

/**
 * `npm start`: a centre of its own in a child process, and outside it what the world outside would be: panels over real
 * sockets and a stand-in for the telephone exchange. Options are those of `keng serve`.
 */
export const demonstration: SimulatorCommand = {
  name: 'demonstration',
  summary: 'a whole centre with synthetic data, panels and a telephone stand-in (npm start)',
  async run(args) {
    const secret = randomBytes(32).toString('base64url');
    const http = httpAddress(args);
    const gateway = await openGateway({ callback: `http://${http}/api/gateway/telephone/events`, secret });
    const centre = fork(KENG, ['demonstration', ...args], {
      execArgv: ['--import', import.meta.resolve('tsx')],
      env: {
        ...(await openDeviceAddresses()),
        ...process.env,
        KENG_TELEPHONE_GATEWAY_URL: gateway.url,
        KENG_TELEPHONE_GATEWAY_SECRET: secret,
      },
    });
    const ended = once(centre, 'exit');
    const ready = await Promise.race([readiness(centre), ended.then(() => null)]);
    if (ready === null || args.includes('--help')) {
      await ended;
      await gateway.stop();
      return centre.exitCode ?? 1;
    }
    const fleet = runPanels(ready.listening, args);
    print(`  telephone stand-in: ${gateway.url}  (what owners hear; press their keys there)`);
    print('');
    for (const line of panelLines(fleet, ready.listening)) print(line);
    await Promise.race([interrupted(), ended]);
    fleet.stop();
    // The terminal has told the centre as well; when only this process was told, pass it on.
    if (centre.exitCode === null && centre.signalCode === null) centre.kill('SIGINT');
    await ended;
    await gateway.stop();
    return centre.exitCode ?? 0;
  },
};

/** Both are off in a centre unless told; here they are shown. On their usual ports, or beside another demonstration on others. */
async function openDeviceAddresses(): Promise<Record<string, string>> {
  return {
    KENG_DEVICE_API: `127.0.0.1:${await freePort(DEVICE_API_PORT)}`,
    KENG_MQTT_TCP: `127.0.0.1:${await freePort(MQTT_PORT)}`,
  };
}

/** This port, or one that the system chooses when it is taken. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(wanted === 0 ? 0 : freePort(0));
      else reject(error);
    });
    probe.listen(wanted, '127.0.0.1', () => {
      const at = probe.address();
      probe.close(() => resolve(typeof at === 'object' && at !== null ? at.port : wanted));
    });
  });
}

function readiness(centre: ChildProcess): Promise<Ready> {
  return new Promise((resolve) => {
    // Only the demonstration command of the centre sends here.
    centre.on('message', (message) => {
      if ((message as Ready).type === 'ready') resolve(message as Ready);
    });
  });
}

interface RunningPanels {
  readonly panels: number;
  readonly unheard: number;
  stop(): void;
}

const RECEIVERS = {
  dc09Tcp: 'DC-09 over TCP',
  dc09Udp: 'DC-09 over UDP',
  gb26875Tcp: 'GB/T 26875.3',
  deviceApi: 'Device API',
  mqttTcp: 'MQTT',
} as const;

/** What the panels do, and what they do not because a receiver is off. */
export function panelLines(
  { panels, unheard }: Pick<RunningPanels, 'panels' | 'unheard'>,
  listening: Readonly<Record<string, string>>,
): string[] {
  const off = Object.entries(RECEIVERS).filter(([receiver]) => !listening[receiver]);
  const doing =
    panels === 0
      ? 'No simulated panel can speak: no receiver is on. Ctrl-C stops everything.'
      : `${panels} simulated panels send heartbeats, tests, faults and alarms. Ctrl-C stops everything.`;
  if (off.length === 0) return [doing];
  const instead =
    Boolean(listening.dc09Tcp) === Boolean(listening.dc09Udp)
      ? ''
      : `; panels of DC-09 speak ${listening.dc09Tcp ? 'TCP' : 'UDP'} alone`;
  const silent =
    unheard === 0 ? '' : `; ${unheard} panels have no receiver and stay silent: their links will be lost`;
  return [doing, `off: ${off.map(([, name]) => name).join(', ')}${instead}${silent}`];
}

function runPanels(listening: Readonly<Record<string, string>>, args: readonly string[]): RunningPanels {
  const facilities = option(args, '--facilities') ?? FLEET_OPTIONS.facilities.default;
  const { fleet } = openFleet({
    ...defaults(),
    tcp: listening.dc09Tcp ?? 'off',
    udp: listening.dc09Udp ?? 'off',
    gb26875: listening.gb26875Tcp ?? 'off',
    'device-api': listening.deviceApi ?? 'off',
    mqtt: listening.mqttTcp ?? 'off',
    // The same numbers give the same accounts and keys on both sides.
    facilities,
    provinces: option(args, '--provinces') ?? FLEET_OPTIONS.provinces.default,
    seed: option(args, '--seed') ?? FLEET_OPTIONS.seed.default,
    // Every panel of every facility: one that nobody plays would be a lost link.
    panels: '1000000',
    'alarms-per-day': String(ALARMS_A_DAY / Math.max(1, Number(facilities))),
  });
  fleet.start();
  const first = setTimeout(() => void fleet.alarmNow(0), FIRST_ALARM_MS);
  const report = setInterval(() => {
    const { sent, acknowledged, alarms } = fleet.counts;
    print(`panels: ${sent} frames sent, ${acknowledged} acknowledged, ${alarms} alarms`);
  }, REPORT_MS);
  return {
    panels: fleet.counts.panels,
    unheard: fleet.counts.unheard,
    stop: () => {
      clearTimeout(first);
      clearInterval(report);
      fleet.stop();
    },
  };
}

function defaults() {
  return {
    tcp: FLEET_OPTIONS.tcp.default,
    udp: FLEET_OPTIONS.udp.default,
    gb26875: FLEET_OPTIONS.gb26875.default,
    'device-api': FLEET_OPTIONS['device-api'].default,
    mqtt: FLEET_OPTIONS.mqtt.default,
    panels: FLEET_OPTIONS.panels.default,
    facilities: FLEET_OPTIONS.facilities.default,
    provinces: FLEET_OPTIONS.provinces.default,
    seed: FLEET_OPTIONS.seed.default,
    'udp-share': FLEET_OPTIONS['udp-share'].default,
    speed: FLEET_OPTIONS.speed.default,
    'alarms-per-day': FLEET_OPTIONS['alarms-per-day'].default,
    'absent-share': FLEET_OPTIONS['absent-share'].default,
  };
}

/** The centre reads its own options; only where it takes receipts must be known before it runs. */
function httpAddress(args: readonly string[]): string {
  return option(args, '--http') ?? process.env.KENG_HTTP ?? '127.0.0.1:8114';
}

/** On its usual port; beside another demonstration on one that the system chooses. */
async function openGateway(
  options: Pick<TelephoneGatewayOptions, 'callback' | 'secret'>,
): Promise<RunningTelephoneGateway> {
  try {
    return await startTelephoneGateway({ ...options, port: GATEWAY_PORT });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return await startTelephoneGateway({ ...options, port: 0 });
  }
}

function option(args: readonly string[], name: string): string | undefined {
  const index = args.indexOf(name);
  if (index >= 0) return args[index + 1];
  return args.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
}
