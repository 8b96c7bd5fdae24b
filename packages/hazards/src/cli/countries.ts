import type { MonthlyRainLimit, NesterovClassTable } from '../indices/index.ts';
import type { BulletinRules, CountryRules } from '../levels/index.ts';
import type { WindScale } from '../physics/index.ts';
import { option, UsageError, type Words } from './words.ts';

/** A country as the command line gets it: the package itself knows none. */
export interface Country {
  readonly rules: CountryRules;
  readonly bulletins?: BulletinRules;
  readonly fireClasses?: readonly NesterovClassTable[];
  readonly rainLimits?: readonly MonthlyRainLimit[];
  readonly windScale?: WindScale;
}

/** The countries that `bin/hazards.mjs` found installed, by code. */
export type Countries = Readonly<Record<string, Country>>;

/** What the indices ask of countries. */
export type CountryTables = Readonly<Record<string, Omit<Country, 'rules' | 'bulletins'>>>;

/** The country of `--country`, or the only one there is. */
export function countryOf(words: Words, countries: Countries): Country {
  const codes = Object.keys(countries);
  const code = option(words, 'country') ?? (codes.length === 1 ? codes[0] : undefined);
  const country = code !== undefined && Object.hasOwn(countries, code) ? countries[code] : undefined;
  if (country) return country;
  throw new UsageError(
    codes.length === 0 ? 'no country pack is installed' : `--country must be one of ${codes.join(', ')}`,
  );
}
