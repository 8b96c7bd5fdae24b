import { LEVELS, LIVE, type Organisation, type OrganisationCode } from '@keng/model';
import { loadOrganisations, readOrganisations } from '../organisations/index.ts';
import { PlatformError, serveOptions, transaction } from '../platform/index.ts';
import type { Command, CommandContext } from './command.ts';
import { databaseOptions, withDatabase, withPool } from './database-options.ts';

export const command: Command = {
  name: 'organisation',
  summary: 'list the desks and stations, add one or change it',
  positionals: 'list | set CODE',
  options: {
    ...databaseOptions,
    country: serveOptions.country ?? { type: 'string' },
    level: { type: 'string', default: 'station' },
    parent: { type: 'string' },
    area: { type: 'string' },
    'name-vi': { type: 'string' },
    'name-en': { type: 'string' },
    'name-ru': { type: 'string' },
    'name-zh': { type: 'string' },
    longitude: { type: 'string' },
    latitude: { type: 'string' },
  },
  help: () =>
    [
      '  set CODE --parent VN-PC07-01 --area 01 --name-vi "..." [--name-en ...] [--longitude 105.85 --latitude 21.03]',
      '      adds the organisation, or replaces what is known of it; --level national, province or station (default)',
      '  list    all of them, with their parents',
    ].join('\n'),
  async run(context) {
    const [what, code] = context.positionals;
    if (what !== 'list' && (what !== 'set' || code === undefined))
      throw wrong('list, or set and a code, was expected');
    const as = { role: 'keng_core', applicationName: 'keng-organisation' } as const;
    return await withDatabase(context, ({ address }) =>
      withPool(address, as, async (pool) => {
        if (code !== undefined) {
          const organisation = readOrganisation(code, context);
          await transaction(pool, (client) => loadOrganisations(client, LIVE, [organisation]));
        }
        const all = await transaction(pool, (client) => readOrganisations(client, LIVE));
        for (const one of code === undefined ? all : all.filter((each) => each.code === code)) {
          context.print(
            `${one.code.padEnd(16)} ${one.level.padEnd(9)} ${(one.parent ?? '').padEnd(16)} ${one.name.vi}`,
          );
        }
        return 0;
      }),
    );
  },
};

function readOrganisation(code: string, { values }: CommandContext): Organisation {
  const text = (name: string): string | null =>
    typeof values[name] === 'string' ? String(values[name]) : null;
  const level = LEVELS.find((one) => one === text('level'));
  const vi = text('name-vi');
  if (!level) throw wrong(`--level takes one of ${LEVELS.join(', ')}`);
  if (vi === null) throw wrong('--name-vi is missing');
  const longitude = degrees('longitude', text('longitude'), 180);
  const latitude = degrees('latitude', text('latitude'), 90);
  if ((longitude === null) !== (latitude === null)) throw wrong('--longitude and --latitude go together');
  const en = text('name-en') ?? vi;
  return {
    // loadOrganisations checks its form and its place in the tree.
    code: code as OrganisationCode,
    level,
    parent: text('parent') as OrganisationCode | null,
    name: { vi, en, ru: text('name-ru') ?? en, zh: text('name-zh') ?? en },
    areaCode: text('area'),
    position: longitude === null || latitude === null ? null : [longitude, latitude],
    synthetic: false,
  };
}

function degrees(name: string, text: string | null, most: number): number | null {
  if (text === null) return null;
  const value = Number(text);
  if (!(Math.abs(value) <= most))
    throw wrong(`--${name} takes degrees from -${most} to ${most}, not ${text}`);
  return value;
}

function wrong(message: string): PlatformError {
  return new PlatformError('setting-invalid', message, 'write "keng organisation --help"');
}
