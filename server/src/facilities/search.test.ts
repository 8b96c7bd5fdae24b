import { foldMarks, LIVE, type OrganisationCode } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../platform/index.ts';
import { type FacilityQuery, listFacilities } from './list.ts';
import { registerFacilities } from './register-in-bulk.ts';
import { searchTextOf } from './search-text.ts';
import {
  at,
  createTestRegister,
  DESK,
  goodInput,
  hand,
  kek,
  OTHER_STATION,
  SAIGON,
  STATION,
  type TestRegister,
} from './test-register.ts';

/** More than a search walks in the order of the names before it asks the index (migration 055). */
const FACILITIES = 1_300;
const KINDS = [
  ['Chợ', 'market'],
  ['Trường', 'school'],
  ['Quán karaoke', 'karaoke'],
] as const;

const bodies = Array.from({ length: FACILITIES }, (_, n) => {
  const [kind, category] = KINDS[Math.floor((n * KINDS.length) / FACILITIES)] ?? KINDS[0];
  return {
    ...goodInput(),
    name: `${kind} số ${n % 700}`,
    address: `${n} đường ${n % 2 === 0 ? 'Trần Hưng Đạo' : 'Bà Triệu'}${n === 1_250 ? ' 100% _' : ''}`,
    category,
    // The other station's stand last: whoever walks the names of all meets everybody else's first.
    organisation: n >= 1_000 ? OTHER_STATION : n % 2 === 0 ? DESK : STATION,
    areaCode: n >= 1_000 ? SAIGON : goodInput().areaCode,
    contacts: [],
    transmitters: [],
    reference: `VN-${n}`,
  };
});

let register: TestRegister;
let all: readonly { readonly id: string; readonly body: (typeof bodies)[number] }[];
beforeAll(async () => {
  register = await createTestRegister();
  const ids = await register.all((client) =>
    registerFacilities(client, bodies, { ...hand, recordedAt: at, source: 'demonstration', kek }),
  );
  all = bodies.map((body, n) => ({ id: ids[n] ?? '', body }));
  await register.database.pool('keng_owner').query('vacuum analyze facility_search');
});
afterAll(() => register.database.drop());

type Asked = Pick<FacilityQuery, 'search' | 'area' | 'category' | 'organisation'>;
interface Scope {
  readonly organisations?: readonly string[];
  /** Places in `bodies` of facilities that the session sees as their owner. */
  readonly owned?: readonly number[];
}

/** What every facility says when it is asked one by one. */
function expectedOf(asked: Asked, scope: Scope): string[] {
  const words = foldMarks(asked.search ?? '').split(' ');
  const sees = ({ organisation }: { readonly organisation: string }, n: number): boolean =>
    scope.organisations === undefined ||
    scope.organisations.includes(organisation) ||
    (scope.owned ?? []).includes(n);
  return all
    .filter(({ body }, n) => sees(body, n))
    .filter(({ body }) => words.every((word) => says(searchTextOf(body), word)))
    .filter(({ body }) => asked.area === undefined || body.areaCode === asked.area)
    .filter(({ body }) => asked.category === undefined || body.category === asked.category)
    .filter(({ body }) => asked.organisation === undefined || body.organisation === asked.organisation)
    .map(({ id, body }) => ({ id, key: Buffer.from(foldMarks(body.name)) }))
    .sort((one, other) => Buffer.compare(one.key, other.key) || (one.id < other.id ? -1 : 1))
    .map(({ id }) => id);
}

/** One or two letters are the beginning of a word. */
const says = (text: string, word: string): boolean =>
  word.length < 3 ? ` ${text}`.includes(` ${word}`) : text.includes(word);

/** All pages of an answer, each as long as asked. */
async function pagesOf(asked: Asked, scope: Scope, limit: number): Promise<string[]> {
  const found: string[] = [];
  await register.scoped(
    {
      organisations: (scope.organisations ?? ['*']) as readonly OrganisationCode[],
      facilities: (scope.owned ?? []).map((n) => all[n]?.id ?? '') as never,
    },
    async (client) => {
      let cursor: string | undefined;
      do {
        const page = await listFacilities(client, LIVE, { ...asked, cursor, limit });
        expect(page.facilities.length).toBeLessThanOrEqual(limit);
        found.push(...page.facilities.map((one) => one.id));
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
    },
  );
  return found;
}

const SCOPES: readonly (readonly [string, Scope])[] = [
  ['everything', {}],
  ['a desk and its station', { organisations: [DESK, STATION] }],
  [
    'a station and two facilities of others, one of them its own too',
    { organisations: [STATION], owned: [1, 5, 1_298] },
  ],
  ['an owner', { organisations: [], owned: [2, 700, 1_299] }],
  ['nobody', { organisations: [] }],
];
const ASKED: readonly (readonly [string, Asked])[] = [
  ['nothing', {}],
  ['a word of all', { search: 'duong' }],
  ['a word of every second', { search: 'TRIỆU' }],
  ['a word whose facilities stand last', { search: 'trường' }],
  ['two letters that begin no word', { search: 'ke' }],
  ['two letters that begin the first word', { search: 'qu' }],
  ['a letter that begins a word of every second', { search: 'B' }],
  ['a letter of none', { search: 'z' }],
  ['words that seldom meet', { search: 'karaoke 1299' }],
  ['words that never meet', { search: 'karaoke truong' }],
  ['signs of LIKE', { search: '100% _' }],
  ['a word of none', { search: 'zzzz' }],
  ['a category that stands last', { category: 'school' }],
  ['a category of none', { category: 'hotel' }],
  ['an area', { area: SAIGON }],
  ['an area and a word', { area: SAIGON, search: 'so 33' }],
  ['an organisation and a category', { organisation: STATION, category: 'karaoke' }],
];

describe.each(SCOPES)('what %s finds', (_scope, scope) => {
  it.each(ASKED)('of %s, page by page, in the order of the names', async (_asked, asked) => {
    const found = await pagesOf(asked, scope, 260);
    expect(found).toEqual(expectedOf(asked, scope));
  });
});

describe('the list of one station', () => {
  it('reads a page of its own facilities, not the names of the whole country', async () => {
    const read = await transaction(register.database.pool('keng_owner'), async (client) => {
      await client.query(`select set_config('keng.scope', $1, true)`, [OTHER_STATION]);
      const rows = async (): Promise<number> =>
        (
          await client.query<{ read: number }>(
            `select (pg_stat_get_xact_tuples_returned(i.indexrelid) + pg_stat_get_xact_tuples_returned(i.indrelid))::integer as read
             from pg_index i where i.indrelid = 'facility_search'::regclass`,
          )
        ).rows.reduce((sum, row) => sum + row.read, 0);
      const before = await rows();
      await client.query(
        `select * from keng_find_facilities('live', '{}', null, null, null, null, null, 20)`,
      );
      return (await rows()) - before;
    });
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(100);
  });
});
