import { vietNam } from '@keng/country-vn';
import { LIVE, type Organisation, type OrganisationCode, subtree } from '@keng/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import {
  loadOrganisations,
  organisationsOfPack,
  organisationsOfStations,
  readOrganisations,
} from './index.ts';
import { checkTree } from './rules.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const load = (organisations: readonly Organisation[]): Promise<void> =>
  transaction(database.pool('keng_core'), (client) => loadOrganisations(client, LIVE, organisations));
const read = (): Promise<Organisation[]> =>
  transaction(database.pool('keng_web'), (client) => readOrganisations(client, LIVE));

const station = {
  code: 'VN-ST-01-99',
  parent: 'VN-PC07-01',
  province: '01',
  name: 'Đội thử',
  nameEn: 'Test team',
  nameRu: 'Пробная часть',
  nameZh: '测试消防站',
  position: [105.85, 21.03],
} as const;

describe('organisations of a country', () => {
  it('are loaded as the tree they are, and once more without change', async () => {
    const pack = organisationsOfPack(vietNam.organisations);
    await load(pack);
    await load(organisationsOfStations([station]));
    await load(pack);
    const found = await read();
    expect(found).toHaveLength(pack.length + 1);
    const top = found[0];
    expect(top?.level).toBe('national');
    expect(top && subtree(found, top.code).size).toBe(found.length);
    expect(found.find((one) => one.code === station.code)).toMatchObject({
      parent: 'VN-PC07-01',
      name: { vi: 'Đội thử', en: 'Test team', ru: 'Пробная часть', zh: '测试消防站' },
      position: [105.85, 21.03],
      synthetic: true,
    });
  });

  it('take a new name when the pack has one', async () => {
    const renamed = { ...station, nameEn: 'Another name' };
    await load(organisationsOfStations([renamed]));
    expect((await read()).find((one) => one.code === station.code)?.name.en).toBe('Another name');
  });

  it('cannot be written by the web', async () => {
    await expect(database.pool('keng_web').query('update organisation set parent = null')).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe('a tree that is none is refused by the code at fault', () => {
  const one = (code: string, level: Organisation['level'], parent: string | null): Organisation => ({
    code: code as OrganisationCode,
    level,
    parent: parent as OrganisationCode | null,
    name: { vi: code, en: code, ru: code, zh: code },
    areaCode: null,
    position: null,
    synthetic: true,
  });
  const nation = one('N', 'national', null);

  it.each([
    ['a parent that is not there', [nation, one('P', 'province', 'X')], 'P'],
    ['a station right below the nation', [nation, one('S', 'station', 'N')], 'S'],
    ['a province without a parent', [one('P', 'province', null)], 'P'],
    ['a code that would widen a scope', [one('*', 'national', null)], '*'],
    ['a code with a comma', [one('N,P1', 'national', null)], 'N,P1'],
  ])('%s', (_, organisations, at) => {
    expect(() => checkTree(organisations, [])).toThrow(
      expect.objectContaining({ code: 'organisation.invalid', at }),
    );
  });
});
