import { type FacilityBody, foldMarks } from '@keng/model';
import { comparableNumber } from '../rules.ts';

/** Shorter than this a name or an address says nothing: "Shop". */
const LEAST_CHARACTERS = 6;
const MOST_CHARACTERS = 120;

/** A text of which only letters and digits count: "Số 15, Trần Hưng Đạo" is "so 15 tran hung dao". */
export function comparableText(text: string): string {
  return foldMarks(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, MOST_CHARACTERS);
}

/** What another entry of the same building would share with this one, to the letter. */
export function matchKeys(
  body: Pick<FacilityBody, 'name' | 'address' | 'areaCode' | 'contacts'>,
  telephonePrefix: string,
): string[] {
  const within = (kind: string, text: string): string[] => {
    const comparable = comparableText(text);
    return comparable.length < LEAST_CHARACTERS ? [] : [`${kind}:${body.areaCode}:${comparable}`];
  };
  const telephones = body.contacts.map((one) => comparableNumber(one.telephone, telephonePrefix));
  return [
    ...new Set([
      ...within('name', body.name),
      ...within('address', body.address),
      ...telephones.filter((one) => one !== '').map((one) => `telephone:${one}`),
    ]),
  ];
}
