import type { CountryPack } from '@keng/country-vn';
import { LIVE } from '@keng/model';
import { loadOrganisations, organisationsOfPack } from '../organisations/index.ts';
import { type DatabaseAddress, openPool, transaction } from '../platform/index.ts';
import { establishCentre } from './centre-identity.ts';

/** What a migrated database needs before a centre can run on it: its name, and the desks of its country. Repeatable. */
export async function establish(
  address: DatabaseAddress,
  origin: string,
  country: CountryPack,
): Promise<void> {
  const owner = openPool({ address, role: 'keng_owner', applicationName: 'keng-establish', max: 1 });
  const core = openPool({ address, role: 'keng_core', applicationName: 'keng-establish', max: 1 });
  try {
    await establishCentre(owner, origin, country.country.code);
    await transaction(core, (client) =>
      loadOrganisations(client, LIVE, organisationsOfPack(country.organisations)),
    );
  } finally {
    await Promise.all([owner.end(), core.end()]);
  }
}
