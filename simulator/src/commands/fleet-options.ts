import type { ParseArgsConfig } from 'node:util';
import { demonstrationData } from '@keng/country-vn';
import { Fleet } from '../fleet.ts';
import { Ledger } from '../ledger.ts';
import type { Target } from '../panel-link.ts';
import { QUIET_DAY, type TrafficProfile } from '../traffic.ts';
import { wholeNumber } from './command.ts';

/** Options that all commands with panels share. The seed and the number of facilities give the accounts and keys. */
export const FLEET_OPTIONS = {
  tcp: { type: 'string', default: '127.0.0.1:10009' },
  udp: { type: 'string', default: '127.0.0.1:10009' },
  gb26875: { type: 'string', default: '127.0.0.1:26875' },
  'device-api': { type: 'string', default: 'off' },
  mqtt: { type: 'string', default: 'off' },
  panels: { type: 'string', default: '200' },
  facilities: { type: 'string', default: '3000' },
  provinces: { type: 'string', default: '01,79' },
  seed: { type: 'string', default: '114' },
  'udp-share': { type: 'string', default: '20' },
  speed: { type: 'string', default: '1' },
  'alarms-per-day': { type: 'string', default: String(QUIET_DAY.alarmsPerDay) },
  'absent-share': { type: 'string', default: '10' },
  ledger: { type: 'string' },
  help: { type: 'boolean', default: false },
} satisfies NonNullable<ParseArgsConfig['options']>;

export const FLEET_HELP = `  --tcp HOST:PORT        receiver over TCP, or off: then over UDP (127.0.0.1:10009)
  --udp HOST:PORT        receiver over UDP, or off: then over TCP (127.0.0.1:10009)
  --gb26875 HOST:PORT    receiver of GB/T 26875.3, or off (127.0.0.1:26875)
  --device-api HOST:PORT Device API over HTTP, or off (off)
  --mqtt HOST:PORT       MQTT 3.1.1, or off (off)
  --panels N             how many panels (200)
  --facilities N         how many facilities were registered with this seed (3000)
  --provinces CODES      their provinces (01,79)
  --seed N               seed of accounts, keys and traffic (114)
  --udp-share PERCENT    share of panels that speak UDP (20)
  --speed N              how many times faster than life alarms, faults and tests come (1)
  --alarms-per-day N     alarms of one panel in a day, on average (0.02)
  --absent-share PERCENT share of control rooms where nobody answers a duty check (10)
  --ledger FILE          write what was sent and acknowledged, a JSON object a line`;

export interface FleetValues {
  readonly tcp: string;
  readonly udp: string;
  readonly gb26875: string;
  readonly 'device-api': string;
  readonly mqtt: string;
  readonly panels: string;
  readonly facilities: string;
  readonly provinces: string;
  readonly seed: string;
  readonly 'udp-share': string;
  readonly speed: string;
  readonly 'alarms-per-day': string;
  readonly 'absent-share': string;
  readonly ledger?: string | undefined;
}

export interface OpenFleet {
  readonly fleet: Fleet;
  readonly ledger: Ledger | null;
}

/** Viet Nam is seven hours ahead of UTC all year (country pack). */
const HOURS_AHEAD_OF_UTC = 7;

/** @param onlyProvince panels of this province alone, out of all that were registered. */
export function openFleet(values: FleetValues, onlyProvince?: string): OpenFleet {
  const seed = wholeNumber('seed', values.seed, 0, 4_294_967_295);
  const { facilities } = demonstrationData({
    seed,
    facilities: wholeNumber('facilities', values.facilities, 1, 1_000_000),
    provinces: values.provinces.split(','),
  });
  const here =
    onlyProvince === undefined ? facilities : facilities.filter((one) => one.province === onlyProvince);
  if (here.length === 0) throw new RangeError(`no facility was registered in the province ${onlyProvince}`);
  const ledger = values.ledger === undefined ? null : new Ledger(values.ledger);
  const profile: TrafficProfile = {
    ...QUIET_DAY,
    alarmsPerDay: positive('alarms-per-day', values['alarms-per-day']),
  };
  const fleet = new Fleet({
    facilities: spread(here, wholeNumber('panels', values.panels, 1, 1_000_000)),
    panels: wholeNumber('panels', values.panels, 1, 1_000_000),
    tcp: targetOrOff('tcp', values.tcp),
    udp: targetOrOff('udp', values.udp),
    gb26875: targetOrOff('gb26875', values.gb26875),
    deviceApi: targetOrOff('device-api', values['device-api']),
    mqtt: targetOrOff('mqtt', values.mqtt),
    udpShare: wholeNumber('udp-share', values['udp-share'], 0, 100) / 100,
    absentShare: wholeNumber('absent-share', values['absent-share'], 0, 100) / 100,
    seed,
    profile,
    speed: positive('speed', values.speed),
    ledger,
    hoursAheadOfUtc: HOURS_AHEAD_OF_UTC,
  });
  return { fleet, ledger };
}

/** Facilities come province by province: take them evenly, so that a few panels show every province. */
function spread<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (count >= items.length) return items;
  return Array.from(
    { length: count },
    (_, index) => items[Math.floor((index * items.length) / count)],
  ).filter((item) => item !== undefined);
}

function targetOrOff(name: string, text: string): Target | null {
  if (text === 'off') return null;
  const match = /^(.+):(\d{1,5})$/.exec(text);
  if (!match?.[1] || !match[2]) throw new RangeError(`--${name} takes HOST:PORT, not ${text}`);
  return { host: match[1], port: Number(match[2]) };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1e9)) throw new RangeError(`--${name} takes a number above 0, not ${text}`);
  return value;
}
