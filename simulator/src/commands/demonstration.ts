import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
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
const PANELS = 300;
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
      env: { ...process.env, KENG_TELEPHONE_GATEWAY_URL: gateway.url, KENG_TELEPHONE_GATEWAY_SECRET: secret },
    });
    const ended = once(centre, 'exit');
    const ready = await Promise.race([readiness(centre), ended.then(() => null)]);
    if (ready === null || args.includes('--help')) {
      await ended;
      await gateway.stop();
      return centre.exitCode ?? 1;
    }
    const fleet = runPanels(ready.listening);
    print(`  telephone stand-in: ${gateway.url}  (what owners hear; press their keys there)`);
    print('');
    print(`${PANELS} simulated panels send heartbeats, tests, faults and alarms. Ctrl-C stops everything.`);
    await Promise.race([interrupted(), ended]);
    fleet.stop();
    // The terminal has told the centre as well; when only this process was told, pass it on.
    if (centre.exitCode === null && centre.signalCode === null) centre.kill('SIGINT');
    await ended;
    await gateway.stop();
    return centre.exitCode ?? 0;
  },
};

function readiness(centre: ChildProcess): Promise<Ready> {
  return new Promise((resolve) => {
    // Only the demonstration command of the centre sends here.
    centre.on('message', (message) => {
      if ((message as Ready).type === 'ready') resolve(message as Ready);
    });
  });
}

function runPanels(listening: Readonly<Record<string, string>>): { stop(): void } {
  if (!listening.dc09Tcp || !listening.dc09Udp) return { stop: () => undefined };
  const { fleet } = openFleet({
    ...defaults(),
    tcp: listening.dc09Tcp,
    udp: listening.dc09Udp,
    panels: String(PANELS),
    // A busy evening: with 300 panels an alarm about every four minutes.
    'alarms-per-day': '1.2',
  });
  fleet.start();
  const first = setTimeout(() => void fleet.alarmNow(0), FIRST_ALARM_MS);
  const report = setInterval(() => {
    const { sent, acknowledged, alarms } = fleet.counts;
    print(`panels: ${sent} frames sent, ${acknowledged} acknowledged, ${alarms} alarms`);
  }, REPORT_MS);
  return {
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
    panels: FLEET_OPTIONS.panels.default,
    facilities: FLEET_OPTIONS.facilities.default,
    provinces: FLEET_OPTIONS.provinces.default,
    seed: FLEET_OPTIONS.seed.default,
    'udp-share': FLEET_OPTIONS['udp-share'].default,
    speed: FLEET_OPTIONS.speed.default,
    'alarms-per-day': FLEET_OPTIONS['alarms-per-day'].default,
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
