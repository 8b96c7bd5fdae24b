import { type CountryPack, vietNam } from '@keng/country-vn';
import { PlatformError } from '../platform/index.ts';

/** The country packs this program was built with. Another country is another folder and a line here. */
const COUNTRIES: Readonly<Record<string, CountryPack>> = { vn: vietNam };

export function countryPack(code: string): CountryPack {
  const pack = COUNTRIES[code];
  if (pack) return pack;
  throw new PlatformError(
    'country-unknown',
    `there is no country pack ${code}`,
    `choose one of ${Object.keys(COUNTRIES).join(', ')}`,
  );
}
