import { type FacilityBody, foldMarks } from '@keng/model';

const MOST_WORDS = 8;
const MOST_CHARACTERS = 100;

export function sortNameOf(body: Pick<FacilityBody, 'name'>): string {
  return foldMarks(body.name);
}

/** Everything a person at the desk may have at hand: name, address, number of the register, account, a telephone number. */
export function searchTextOf(body: FacilityBody): string {
  return foldMarks(
    [
      body.name,
      body.address,
      body.communeName ?? '',
      body.reference ?? '',
      ...body.transmitters.map((one) => one.account),
      ...body.contacts.map((one) => one.telephone),
    ].join(' '),
  );
}

/** LIKE patterns of the words of a search: each must occur somewhere. Too many words are cut off, not refused. */
export function searchPatterns(search: string): string[] {
  return foldMarks(search.slice(0, MOST_CHARACTERS).replaceAll('\0', ' '))
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
    .map((word) => `%${word.replace(/[\\%_]/g, (special) => `\\${special}`)}%`);
}
