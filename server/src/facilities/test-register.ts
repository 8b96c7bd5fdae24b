import { vietNam } from '@keng/country-vn';
import { type Actor, type FacilityId, LIVE, type OrganisationCode, type World } from '@keng/model';
import { AreaBook } from '../areas/index.ts';
import { type PoolClient, transaction } from '../platform/index.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import type { Hand } from './change.ts';
import type { FacilityInput } from './facility-input.ts';
import { keyEncryptionKey } from './key-vault.ts';
import { seeingAll } from './register-in-bulk.ts';
import { FacilityService } from './service.ts';

/** What the tests of the register share: a database with two provinces and two stations, and a facility that is right. */
export const HANOI = '01';
export const SAIGON = '79';
export const DESK = 'VN-PC07-01' as OrganisationCode;
export const STATION = 'VN-ST-01-01' as OrganisationCode;
export const OTHER_STATION = 'VN-ST-79-01' as OrganisationCode;

const ORGANISATIONS: readonly (readonly [
  code: string,
  level: string,
  parent: string | null,
  area: string | null,
])[] = [
  ['VN-C07', 'national', null, null],
  [DESK, 'province', 'VN-C07', HANOI],
  ['VN-PC07-79', 'province', 'VN-C07', SAIGON],
  [STATION, 'station', DESK, HANOI],
  [OTHER_STATION, 'station', 'VN-PC07-79', SAIGON],
];

export const kek = keyEncryptionKey('a secret for tests');
export const actor: Actor = { kind: 'user', id: 'tester', name: 'Tester' };
export const at = new Date('2026-03-01T02:00:00.000Z');
export const hand: Hand = { world: LIVE, at, actor };

export interface TestRegister {
  readonly database: TestDatabase;
  readonly service: FacilityService;
  readonly areas: AreaBook;
  /** As the web for a user who sees everything. */
  all<T>(work: (client: PoolClient) => Promise<T>): Promise<T>;
  /** As the web for a user of these organisations, or an owner of these facilities. */
  scoped<T>(
    scope: { organisations?: readonly OrganisationCode[]; facilities?: readonly FacilityId[] },
    work: (client: PoolClient) => Promise<T>,
  ): Promise<T>;
}

export async function createTestRegister(): Promise<TestRegister> {
  const database = await createTestDatabase();
  const areas = new AreaBook(vietNam);
  await transaction(database.pool('keng_core'), (client) => addOrganisations(client, LIVE));
  const web = database.pool('keng_web');
  return {
    database,
    areas,
    service: new FacilityService({ country: vietNam, areas, kek, wallClock: () => at }),
    all: (work) => seeingAll(web, work),
    scoped: ({ organisations = [], facilities = [] }, work) =>
      transaction(web, async (client) => {
        await client.query(
          `select set_config('keng.scope', $1, true), set_config('keng.facilities', $2, true)`,
          [organisations.join(','), facilities.join(',')],
        );
        return work(client);
      }),
  };
}

export async function addOrganisations(client: PoolClient, world: World): Promise<void> {
  for (const [code, level, parent, area] of ORGANISATIONS) {
    await client.query(
      'insert into organisation (world, code, level, parent, name, area_code, synthetic) values ($1, $2, $3, $4, $5, $6, true)',
      [world, code, level, parent, { vi: code, en: code, ru: code, zh: code }, area],
    );
  }
}

/** A synthetic facility in Hà Nội that every rule accepts. */
export function goodInput(change: Partial<FacilityInput> = {}): FacilityInput {
  return {
    name: 'Chợ Đồng Xuân (mẫu)',
    address: '15 Trần Hưng Đạo',
    areaCode: HANOI,
    communeCode: null,
    communeName: null,
    position: [105.85, 21.03],
    category: 'school',
    managingLevel: 'province',
    organisation: STATION,
    contacts: [1, 2, 3].map((order) => ({
      order,
      name: `Người trực ${order}`,
      role: 'bảo vệ',
      telephone: `+8400000000${order}`,
      email: null,
      language: 'vi' as const,
    })),
    transmitters: [
      {
        protocol: 'dc09',
        account: 'A001',
        model: null,
        reportingSeconds: 300,
        zones: [
          { number: '1', label: 'Tầng 1', kind: 'smoke' },
          { number: '2', label: 'Sảnh', kind: 'manual' },
        ],
      },
    ],
    hazards: [],
    onSiteForce: { people: 4, description: '' },
    water: [{ kind: 'tank', description: 'bể', capacityM3: 60, position: null }],
    synthetic: true,
    ...change,
  };
}
