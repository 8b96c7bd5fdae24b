import { type CountryPack, timerFor, UnknownCode } from '@keng/country-vn';
import type { CrewRule, DeskFault, Level, Limit } from '@keng/model';

type Pack = Pick<CountryPack, 'timers' | 'crewRules' | 'country' | 'shiftStarts'>;

const LIMITS: Readonly<Record<DeskFault, string>> = {
  'nobody-logged-in': 'province.silent',
  'sound-blocked': 'desk.sound-blocked',
  'screen-asleep': 'desk.screen-asleep',
  'screen-hidden': 'desk.screen-hidden',
  'not-heard': 'desk.sound-blocked',
  'no-shift': 'shift.missing',
  'short-handed': 'shift.missing',
};

const UNCLAIMED = 'desk.unclaimed';

/** What the country decides about the room. */
export interface RoomPolicy {
  crew(level: Level): CrewRule;
  /** How long a desk may be at fault before the level above is told. */
  faultLimit(fault: DeskFault, areaCode: string): Limit;
  /** How long a station that cannot be counted on may wait at its province for a person who looks after it. */
  unclaimedLimit(areaCode: string): Limit;
  readonly shelfMaximumSeconds: number;
  readonly timeZone: string;
  /** Time of day at which the duty report of a day begins, `HH:MM`. */
  readonly dayStarts: string;
}

/** @throws UnknownCode when the pack lacks a rule: at the start, not at three in the morning */
export function roomPolicy(pack: Pack): RoomPolicy {
  const limit = (code: string, areaCode: string): Limit => {
    const { seconds, timer } = timerFor(pack, code, { province: areaCode });
    return { seconds, source: timer.sourceCode, official: timer.official };
  };
  for (const code of [...Object.values(LIMITS), UNCLAIMED]) limit(code, '');
  const crew = (level: Level): CrewRule => {
    const rule = pack.crewRules.find((one) => one.level === level);
    if (rule === undefined) throw new UnknownCode('crew rule for', level);
    return { officers: rule.officers, source: rule.sourceCode, official: rule.official };
  };
  for (const level of ['national', 'province', 'station'] as const) crew(level);
  const [first] = pack.shiftStarts;
  if (first === undefined) throw new UnknownCode('shift start', '*');
  return {
    crew,
    faultLimit: (fault, areaCode) => limit(LIMITS[fault], areaCode),
    unclaimedLimit: (areaCode) => limit(UNCLAIMED, areaCode),
    shelfMaximumSeconds: limit('shelf.maximum', '').seconds,
    timeZone: pack.country.timeZone,
    dayStarts: first.at,
  };
}
