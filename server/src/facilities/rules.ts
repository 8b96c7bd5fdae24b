import {
  type FacilityBody,
  type FacilityState,
  type FieldProblem,
  GB26875_ACCOUNT_DIGITS,
  newId,
  type Organisation,
  type OrganisationCode,
} from '@keng/model';
import type { AreaIndex } from '../areas/index.ts';
import type { ContactInput, FacilityInput, TransmitterInput } from './facility-input.ts';
import { type SupervisionCategories, supervised, supervisionProblems } from './supervision-rules.ts';

/** What the rules of the register ask about the country and the centre. */
export interface RegisterFacts {
  readonly areas: AreaIndex;
  readonly categories: ReadonlySet<string>;
  readonly organisations: ReadonlyMap<OrganisationCode, Organisation>;
  /** How many numbers must answer for a facility; in Viet Nam three (country pack, contacts.minimum). */
  readonly minimumContacts: number;
  /** International prefix of the country, so that +84912... and 0912... count as one number. */
  readonly telephonePrefix: string;
  /** By code: how soon the silence of a transmitter must be noticed. */
  readonly supervisionCategories: SupervisionCategories;
}

/**
 * Outlines of provinces in a country pack may be drawn for a map, not surveyed: the present ones of Viet Nam are up to 36 km
 * off (measured against the communes of 2026). This still finds swapped numbers and a wrong province.
 */
export const MOST_METRES_OUTSIDE = 50_000;

/** Everything that is wrong with a facility beyond its schema; an empty list is a good one. */
export function problemsOf(
  input: FacilityInput,
  facts: RegisterFacts,
  current: FacilityState | null = null,
): FieldProblem[] {
  return [
    ...textProblems(input),
    ...placeProblems(input, facts),
    ...contactProblems(input.contacts, facts),
    ...transmitterProblems(input.transmitters),
    ...input.transmitters.flatMap((one, index) =>
      supervisionProblems(one, index, facts.supervisionCategories),
    ),
    ...(facts.categories.has(input.category)
      ? []
      : [
          problem(
            'category',
            'facility.category-unknown',
            `There is no category of use "${input.category}".`,
          ),
        ]),
    ...unknownIds(input, current),
  ];
}

/** NUL and halves of a surrogate pair, which no text of PostgreSQL can hold. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

function textProblems(input: FacilityInput): FieldProblem[] {
  // JSON writes exactly these as escapes in small letters; a backslash of the text itself is doubled.
  if (!UNSTORABLE.test(JSON.stringify(input))) return [];
  return [
    problem(
      '',
      'facility.text-unstorable',
      'A text holds a character that is none (NUL, or half of a pair).',
    ),
  ];
}

function placeProblems(input: FacilityInput, facts: RegisterFacts): FieldProblem[] {
  const { areas } = facts;
  if (!areas.hasProvince(input.areaCode)) {
    return [problem('areaCode', 'facility.area-unknown', `There is no area "${input.areaCode}".`)];
  }
  const found: FieldProblem[] = [];
  if (input.position && areas.metresOutside(input.position, input.areaCode) > MOST_METRES_OUTSIDE) {
    const actual = areas.areaAt(input.position)?.provinceCode ?? 'none';
    found.push(
      problem(
        'position',
        'facility.position-outside-area',
        `The position lies in area ${actual}, not in ${input.areaCode}: longitude comes first.`,
      ),
    );
  }
  if (input.communeCode !== null && areas.communeCount > 0 && !areas.commune(input.communeCode)) {
    found.push(
      problem('communeCode', 'facility.commune-unknown', `There is no commune "${input.communeCode}".`),
    );
  }
  const organisation = facts.organisations.get(input.organisation);
  if (!organisation) {
    found.push(
      problem(
        'organisation',
        'facility.organisation-unknown',
        `There is no organisation "${input.organisation}".`,
      ),
    );
  } else if (organisation.areaCode !== input.areaCode) {
    found.push(
      problem(
        'organisation',
        'facility.organisation-elsewhere',
        `${organisation.code} answers for area ${organisation.areaCode ?? 'none'}, not for ${input.areaCode}.`,
      ),
    );
  }
  return found;
}

function contactProblems(contacts: readonly ContactInput[], facts: RegisterFacts): FieldProblem[] {
  const found: FieldProblem[] = [];
  if (contacts.length < facts.minimumContacts) {
    found.push(
      problem(
        'contacts',
        'facility.contacts-too-few',
        `${facts.minimumContacts} people who can be called are needed, ${contacts.length} are given.`,
      ),
    );
  }
  const national = contacts.map((one) => comparableNumber(one.telephone, facts.telephonePrefix));
  found.push(
    ...repeats(national, (index, first) =>
      problem(
        `contacts.${index}.telephone`,
        'facility.contact-number-repeated',
        `It is the number of contact ${first + 1} too: one telephone that nobody hears would be all there is.`,
      ),
    ),
    ...repeats(
      contacts.map((one) => one.order),
      (index, first) =>
        problem(
          `contacts.${index}.order`,
          'facility.contact-order-repeated',
          `Contact ${first + 1} has the same place in the calling order.`,
        ),
    ),
  );
  return found;
}

function transmitterProblems(transmitters: readonly TransmitterInput[]): FieldProblem[] {
  const accounts = transmitters.map((one) => `${one.protocol}/${one.account}`);
  return [
    ...repeats(accounts, (index, first) =>
      problem(
        `transmitters.${index}.account`,
        'facility.account-repeated',
        `Transmitter ${first + 1} has the same account.`,
      ),
    ),
    ...transmitters.flatMap(({ protocol, account }, index) =>
      protocol !== 'gb26875' || account.length === GB26875_ACCOUNT_DIGITS
        ? []
        : [
            problem(
              `transmitters.${index}.account`,
              'facility.account-no-address',
              `A GB/T 26875.3 device has ${GB26875_ACCOUNT_DIGITS} hexadecimal digits: its source address, highest byte first.`,
            ),
          ],
    ),
    ...transmitters.flatMap((one, index) =>
      repeats(
        one.zones.map((zone) => zone.number),
        (zone) =>
          problem(
            `transmitters.${index}.zones`,
            'facility.zone-repeated',
            `Zone ${one.zones[zone]?.number} stands there twice.`,
          ),
      ),
    ),
  ];
}

/** An id that is not of this facility would carry the history of another one over to it. */
function unknownIds(input: FacilityInput, current: FacilityState | null): FieldProblem[] {
  const contacts = new Set(current?.contacts.map((one) => one.id));
  const transmitters = new Set(current?.transmitters.map((one) => one.id));
  const check = (
    list: readonly { readonly id?: string | undefined }[],
    known: ReadonlySet<string>,
    name: string,
    code: string,
  ): FieldProblem[] => [
    ...list.flatMap(({ id }, index) =>
      id === undefined || known.has(id)
        ? []
        : [
            problem(
              `${name}.${index}.id`,
              code,
              'It is not one of this facility; leave the id out for a new one.',
            ),
          ],
    ),
    ...repeats(
      list.flatMap(({ id }) => id ?? []),
      (index) => problem(`${name}.${index}.id`, code, 'The same id stands there twice.'),
    ),
  ];
  return [
    ...check(input.contacts, contacts, 'contacts', 'facility.contact-unknown'),
    ...check(input.transmitters, transmitters, 'transmitters', 'facility.transmitter-unknown'),
  ];
}

/**
 * The body as it goes into the log: contacts in calling order, ids for what is new, what only the server knows kept from the
 * facility as it is, and the commune by position where nobody wrote it.
 */
export function bodyOf(
  input: FacilityInput,
  facts: Pick<RegisterFacts, 'areas' | 'supervisionCategories'>,
  current: FacilityState | null,
  nowMs: number,
): FacilityBody {
  const known = new Map(current?.transmitters.map((one) => [one.id, one]));
  return {
    ...input,
    ...communeOf(input, facts.areas),
    reference: input.reference ?? current?.reference ?? null,
    contacts: input.contacts
      .map((one) => ({ ...one, id: one.id ?? newId<FacilityBody['contacts'][number]['id']>(nowMs) }))
      .sort((a, b) => a.order - b.order),
    transmitters: input.transmitters.map((one) => {
      const before = one.id === undefined ? undefined : known.get(one.id);
      const { category: _category, paths: _paths, ...rest } = one;
      return {
        ...rest,
        ...supervised(one, before, facts.supervisionCategories),
        id: one.id ?? newId<FacilityBody['transmitters'][number]['id']>(nowMs),
        encrypted: before?.encrypted ?? false,
      };
    }),
  };
}

function communeOf(
  input: FacilityInput,
  areas: AreaIndex,
): Pick<FacilityBody, 'communeCode' | 'communeName'> {
  if (input.communeCode !== null) {
    return {
      communeCode: input.communeCode,
      communeName: input.communeName ?? areas.commune(input.communeCode)?.name ?? null,
    };
  }
  // A name that somebody wrote is left alone: it may be the old one that people use.
  if (input.communeName !== null || input.position === null || areas.communeCount === 0) {
    return { communeCode: null, communeName: input.communeName };
  }
  const place = areas.areaAt(input.position);
  return { communeCode: place?.communeCode ?? null, communeName: place?.communeName ?? null };
}

/** Whose the contacts and transmitters of an imported row are: the same telephone number, the same account. */
export function withKnownIds(
  input: FacilityInput,
  current: FacilityState,
  telephonePrefix: string,
): FacilityInput {
  const contacts = new Map(
    current.contacts.map((one) => [comparableNumber(one.telephone, telephonePrefix), one.id]),
  );
  const transmitters = new Map(current.transmitters.map((one) => [`${one.protocol}/${one.account}`, one.id]));
  return {
    ...input,
    contacts: input.contacts.map((one) => {
      const id = contacts.get(comparableNumber(one.telephone, telephonePrefix));
      return id === undefined ? one : { ...one, id };
    }),
    transmitters: input.transmitters.map((one) => {
      const id = transmitters.get(`${one.protocol}/${one.account}`);
      return id === undefined ? one : { ...one, id };
    }),
  };
}

/** A number however it is written: +84 912 345 678, 0084 912345678 and 0912.345.678 are the same telephone. */
export function comparableNumber(telephone: string, prefix: string): string {
  const digits = telephone.replace(/[^0-9+]/g, '');
  const written = [prefix, prefix.replace('+', '00')].find((one) => one !== '' && digits.startsWith(one));
  const national = written === undefined ? digits : digits.slice(written.length);
  return national.replace(/^0+/, '');
}

function repeats<T>(
  values: readonly T[],
  say: (index: number, first: number) => FieldProblem,
): FieldProblem[] {
  const first = new Map<T, number>();
  return values.flatMap((value, index) => {
    const before = first.get(value);
    if (before !== undefined) return [say(index, before)];
    first.set(value, index);
    return [];
  });
}

const problem = (at: string, code: string, detail: string): FieldProblem => ({ at, code, detail });
