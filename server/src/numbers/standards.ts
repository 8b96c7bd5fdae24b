import type { CountryPack, LocalText } from '@keng/country-vn';
import type { Measure } from './rules.ts';

/** A figure that a measured time is held against, with its source as the country pack names it. */
export interface Standard {
  readonly code: string;
  readonly seconds: number;
  readonly names: LocalText;
  readonly source: LocalText;
  readonly sourceUrl: string | null;
  readonly official: boolean;
  readonly note: string | null;
}

/** Which facts of a country pack speak of which measure. What a pack does not have is left out. */
const CODES: Readonly<Record<Measure, readonly string[]>> = {
  owner: ['owner.answer'],
  desk: ['desk.accept'],
  station: ['station.accept'],
  turnout: ['station.turnout'],
  arrival: ['golden-time', 'arrival.urban', 'arrival.rural'],
};

export function standardsOf({ timers }: Pick<CountryPack, 'timers'>, measure: Measure): Standard[] {
  return CODES[measure].flatMap((code) => {
    const timer = timers.find((one) => one.code === code);
    if (timer === undefined) return [];
    const { seconds, names, source, sourceUrl, official, note } = timer;
    return [{ code, seconds, names, source, sourceUrl: sourceUrl ?? null, official, note: note ?? null }];
  });
}
