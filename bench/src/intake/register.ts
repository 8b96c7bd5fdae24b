import { type FacilityId, LIVE, newId, type OrganisationCode, type TransmitterId } from '@keng/model';
import { keyEncryptionKey, registerFacilitiesInBatches } from '../../../server/src/facilities/index.ts';
import { type DatabaseAddress, openPool, transaction } from '../../../server/src/platform/index.ts';
import { establishCentre } from '../../../server/src/roles/centre-identity.ts';
import { BENCH_KEY } from './dc09-dialect.ts';
import { ACCOUNTS } from './dialect.ts';
import { DIALECTS, type Protocol } from './dialects.ts';

/** Sealing secret of the bench's throw-away database. */
export const BENCH_SECRET = 'bench';

const ORGANISATIONS = [
  ['VN-C07', 'national', null, null],
  ['VN-PC07-01', 'province', 'VN-C07', '01'],
  ['VN-ST-01-01', 'station', 'VN-PC07-01', '01'],
] as const;

/** Synthetic facilities: one plain panel, and one with a key where the protocol has keys, for each account number. */
export async function registerBenchFacilities(
  address: DatabaseAddress,
  protocol: Protocol = 'dc09',
): Promise<void> {
  const dialect = DIALECTS[protocol];
  const core = openPool({ address, role: 'keng_core', applicationName: 'bench-register' });
  const web = openPool({ address, role: 'keng_web', applicationName: 'bench-register' });
  const owner = openPool({ address, role: 'keng_owner', applicationName: 'bench-register' });
  try {
    await establishCentre(owner, 'bench', 'vn');
    await transaction(core, async (client) => {
      for (const [code, level, parent, area] of ORGANISATIONS) {
        await client.query(
          `insert into organisation (world, code, level, parent, name, area_code, synthetic) values ($1, $2, $3, $4, $5, $6, true)`,
          [LIVE, code, level, parent, { vi: code, en: code, ru: code, zh: code }, area],
        );
      }
    });
    const drafts = Array.from({ length: ACCOUNTS }, (_, number) => ({
      id: newId<FacilityId>(),
      reference: null,
      name: `Cơ sở thử ${number}`,
      address: `${number} đường Thử nghiệm`,
      areaCode: '01',
      communeCode: null,
      communeName: null,
      position: [105.8 + (number % 100) / 1_000, 21 + Math.floor(number / 100) / 1_000] as [number, number],
      category: 'market',
      managingLevel: 'province' as const,
      organisation: 'VN-ST-01-01' as OrganisationCode,
      contacts: [],
      transmitters: (dialect.hasKeys ? [false, true] : [false]).map((encrypted) => ({
        id: newId<TransmitterId>(),
        protocol,
        account: dialect.account(number, encrypted),
        model: null,
        reportingSeconds: 3_600,
        zones: [],
        key: encrypted ? { bytes: BENCH_KEY.bytes, form: 'ascii' as const, bits: 128 as const } : null,
      })),
      hazards: [],
      onSiteForce: { people: 0, description: '' },
      water: [],
      synthetic: true,
    }));
    await registerFacilitiesInBatches(web, drafts, {
      world: LIVE,
      at: new Date(),
      actor: { kind: 'system', id: 'bench' },
      source: 'demonstration',
      kek: keyEncryptionKey(BENCH_SECRET),
      wallClock: () => new Date(),
    });
  } finally {
    await owner.end();
    await core.end();
    await web.end();
  }
}
