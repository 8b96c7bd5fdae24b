import type { Organisation, OrganisationCode, World } from '@keng/model';
import type { PoolClient } from '../platform/index.ts';
import { checkTree } from './rules.ts';
import { readOrganisations, upsertOrganisations } from './store.ts';

/** What a country pack says of an organisation; the pack itself is never imported here. */
export interface PackOrganisation {
  readonly code: string;
  readonly level: Organisation['level'];
  readonly parent: string | null;
  readonly province: string | null;
  readonly names: Organisation['name'];
}

/** An invented station of a pack's demonstration. */
export interface PackStation {
  readonly code: string;
  readonly parent: string;
  readonly province: string;
  readonly name: string;
  readonly nameEn: string;
  readonly nameRu: string;
  readonly nameZh: string;
  readonly position: readonly [number, number];
}

// Codes become codes here: checkTree looks at each before it is stored.
const codeOf = (text: string): OrganisationCode => text as OrganisationCode;

export function organisationsOfPack(organisations: readonly PackOrganisation[]): Organisation[] {
  return organisations.map((one) => ({
    code: codeOf(one.code),
    level: one.level,
    parent: one.parent === null ? null : codeOf(one.parent),
    name: one.names,
    areaCode: one.province,
    position: null,
    synthetic: false,
  }));
}

export function organisationsOfStations(stations: readonly PackStation[]): Organisation[] {
  return stations.map((one) => ({
    code: codeOf(one.code),
    level: 'station',
    parent: codeOf(one.parent),
    name: { vi: one.name, en: one.nameEn, ru: one.nameRu, zh: one.nameZh },
    areaCode: one.province,
    position: one.position,
    synthetic: true,
  }));
}

/** Adds and renews organisations, as keng_core; those that the list does not name stay as they are. */
export async function loadOrganisations(
  client: PoolClient,
  world: World,
  organisations: readonly Organisation[],
): Promise<void> {
  checkTree(organisations, await readOrganisations(client, world));
  if (organisations.length > 0) await upsertOrganisations(client, world, organisations);
}
