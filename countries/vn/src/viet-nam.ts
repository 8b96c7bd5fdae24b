import type { CountryPack } from './country-pack.ts';
import { loadCountryPack } from './load-country-pack.ts';

export const dataFolder = new URL('../data/', import.meta.url);

/** Everything national about Viet Nam; each part is read and checked when it is first asked for. */
export const vietNam: CountryPack = loadCountryPack(dataFolder);
