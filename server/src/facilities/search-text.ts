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

/** From so many letters on a word is looked for inside of words, too: the index knows groups of three. */
const LETTERS_OF_AN_INNER_PART = 3;

/**
 * LIKE patterns of the words of a search: each must occur somewhere, one or two letters at the beginning of a word (the pattern then begins
 * with `% `, which keng_find_facilities knows). Too many words are cut off, not refused.
 */
export function searchPatterns(search: string): string[] {
  return foldMarks(search.slice(0, MOST_CHARACTERS).replaceAll('\0', ' '))
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
    .map((word) => {
      const beginning = word.length < LETTERS_OF_AN_INNER_PART ? ' ' : '';
      return `%${beginning}${word.replace(/[\\%_]/g, (special) => `\\${special}`)}%`;
    });
}
