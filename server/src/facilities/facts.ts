import { type CountryPack, limitOf } from '@keng/country-vn';
import type { LocalisedName, Organisation, OrganisationCode, World } from '@keng/model';
import type { AreaBook } from '../areas/index.ts';
import type { Queryable } from '../platform/index.ts';
import type { RegisterFacts } from './rules.ts';

interface OrganisationRow {
  readonly code: OrganisationCode;
  readonly level: Organisation['level'];
  readonly parent: OrganisationCode | null;
  readonly name: LocalisedName;
  readonly area_code: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly synthetic: boolean;
}

/** What the rules need to know today: a few hundred organisations, the areas, the country's categories and limits. */
export async function loadFacts(
  db: Queryable,
  world: World,
  country: CountryPack,
  areas: AreaBook,
): Promise<RegisterFacts> {
  const { rows } = await db.query<OrganisationRow>(
    'select code, level, parent, name, area_code, longitude, latitude, synthetic from organisation where world = $1 order by code',
    [world],
  );
  return {
    areas: await areas.current(db),
    categories: new Set(country.categories.map((one) => one.code)),
    organisations: new Map(rows.map((row) => [row.code, organisationOf(row)])),
    minimumContacts: limitOf(country, 'contacts.minimum'),
    telephonePrefix: country.country.telephonePrefix,
    supervisionCategories: new Map(country.supervisionCategories.map((one) => [one.code, one])),
  };
}

function organisationOf(row: OrganisationRow): Organisation {
  return {
    code: row.code,
    level: row.level,
    parent: row.parent,
    name: row.name,
    areaCode: row.area_code,
    position: row.longitude === null || row.latitude === null ? null : [row.longitude, row.latitude],
    synthetic: row.synthetic,
  };
}
