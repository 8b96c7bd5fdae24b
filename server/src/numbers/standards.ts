import type { CountryPack } from '@keng/country-vn';
import type { Measure, Standard } from '@keng/model';

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
