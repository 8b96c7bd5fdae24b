import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { demonstrationData, vietNam } from '@keng/country-vn';
import { type Actor, type FacilityId, LIVE } from '@keng/model';
import { dutyFacts, keyEncryptionKey, registerFacilitiesInBatches, seeingAll } from '../facilities/index.ts';
import { loadOrganisations, organisationsOfPack, organisationsOfStations } from '../organisations/index.ts';
import { createUsers } from '../people/index.ts';
import {
  type Clock,
  type DatabaseAddress,
  openPool,
  PlatformError,
  type Pool,
  type Secrets,
  transaction,
} from '../platform/index.ts';
import { facilityDraft } from './facility-drafts.ts';
import { demonstrationUsers } from './log-ins.ts';

const ACTOR: Actor = { kind: 'system', id: 'demonstration' };

export interface DemonstrationOptions {
  readonly address: DatabaseAddress;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly password: string;
  readonly seed: number;
  readonly facilities: number;
  readonly provinces: readonly string[];
  readonly progress: (line: string) => void;
}

/** Loads what is not there yet. A centre that already has facilities keeps them and gets no others. */
export async function loadDemonstration(options: DemonstrationOptions): Promise<void> {
  const { address, clock, progress, password } = options;
  const core = openPool({ address, role: 'keng_core', applicationName: 'keng-demonstration', max: 2 });
  const web = openPool({ address, role: 'keng_web', applicationName: 'keng-demonstration', max: 2 });
  try {
    await refuseRealCentre(web);
    const now = clock.now(LIVE);
    const data = demonstrationData({
      seed: options.seed,
      facilities: options.facilities,
      provinces: options.provinces,
    });
    const organisations = [
      ...organisationsOfPack(vietNam.organisations),
      ...organisationsOfStations(data.stations),
    ];
    await transaction(core, (client) => loadOrganisations(client, LIVE, organisations));
    if (!(await hasFacilities(web))) {
      const drafts = data.facilities.map((facility) => facilityDraft(facility, now.getTime()));
      progress(`loading ${drafts.length} synthetic facilities`);
      await registerFacilitiesInBatches(web, drafts, {
        world: LIVE,
        at: now,
        actor: ACTOR,
        source: 'demonstration',
        kek: keyEncryptionKey(options.secrets.deviceKeys.reveal()),
        duties: dutyFacts(vietNam),
        telephonePrefix: vietNam.country.telephonePrefix,
        wallClock: () => clock.now(LIVE),
        progress: (done) => {
          if (done % 1_000 === 0 || done === drafts.length) progress(`  ${done} of ${drafts.length}`);
        },
      });
    }
    const owned = await firstFacilityOf(web, 'VN-ST-01-01');
    await seeingAll(web, (client) =>
      createUsers(client, demonstrationUsers(password, owned), { world: LIVE, now, actor: ACTOR }),
    );
  } finally {
    await Promise.all([core.end(), web.end()]);
  }
}

/** Log-ins with a printed password have no business beside real people and buildings. */
async function refuseRealCentre(web: Pool): Promise<void> {
  const { rows } = await seeingAll(web, (client) =>
    client.query<{ real: boolean }>(
      `select exists (select from facility where world = $1 and not (state->>'synthetic')::boolean)
         or exists (select from app_user where world = $1 and not (state->>'synthetic')::boolean) as real`,
      [LIVE],
    ),
  );
  if (rows[0]?.real !== true) return;
  throw new PlatformError(
    'demonstration-refused',
    'this database holds facilities or users that are not synthetic',
    'run `keng serve` for a real centre, or give the demonstration another data folder',
  );
}

async function hasFacilities(web: Pool): Promise<boolean> {
  return seeingAll(web, async (client) => {
    const { rowCount } = await client.query('select from facility where world = $1 limit 1', [LIVE]);
    return (rowCount ?? 0) > 0;
  });
}

async function firstFacilityOf(web: Pool, organisation: string): Promise<FacilityId[]> {
  return seeingAll(web, async (client) => {
    const { rows } = await client.query<{ id: FacilityId }>(
      'select id from facility where world = $1 and organisation = $2 order by id limit 1',
      [LIVE, organisation],
    );
    return rows.map((row) => row.id);
  });
}

/** No letters or digits that are taken for another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** The password of the demonstration log-ins: made up once for this installation, readable by its user alone. */
export function demonstrationPassword(dataFolder: string): string {
  const file = path.join(dataFolder, 'secrets', 'demonstration-password');
  if (!fs.existsSync(file)) {
    const password = Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, `${password}\n`, { mode: 0o600 });
  }
  return fs.readFileSync(file, 'utf8').trim();
}
