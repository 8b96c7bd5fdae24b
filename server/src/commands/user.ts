import { LIVE, Problem, ROLES, type Role, type UserBody, userBody } from '@keng/model';
import {
  changeUser,
  createUser,
  findByLogin,
  issueRecovery,
  listUsers,
  preparePassword,
  type StoredUser,
  setPassword,
} from '../people/index.ts';
import { type Pool, systemClock, transaction } from '../platform/index.ts';
import type { Command, CommandContext, CommandValue } from './command.ts';
import { databaseOptions, withMigratedPool } from './database-options.ts';

const HELP = `  keng user list
  keng user add --login LOGIN --role ROLE [--role ROLE] [--name NAME] [--organisation CODE]
                [--facility ID ...] [--language vi|en|ru|zh]
  keng user password --login LOGIN      a new password, shown once; all sessions of the account end
  keng user recover --login LOGIN [--lost-keys]
                                        a one-time code to print, with which its owner chooses a new password;
                                        with --lost-keys their keys are removed when it is used
  keng user deactivate --login LOGIN    the account is stopped and its sessions end; nothing is deleted

Roles: ${ROLES.join(', ')}.
Administrators and auditors without an organisation see the whole country.
Every change is an entry of the log, with the command line as its author.

  --data FOLDER         as for "keng serve"
  --database-url URL    as for "keng serve"`;

export const command: Command = {
  name: 'user',
  summary: 'list users, add the first administrator, set a password, let somebody back in, stop an account',
  positionals: '<list|add|password|recover|deactivate>',
  options: {
    login: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string', multiple: true },
    organisation: { type: 'string' },
    facility: { type: 'string', multiple: true },
    language: { type: 'string' },
    'lost-keys': { type: 'boolean' },
    ...databaseOptions,
  },
  help: () => HELP,
  async run(context) {
    await withMigratedPool(context, { role: 'keng_core', applicationName: 'keng-user' }, (pool) =>
      runUserCommand(pool, context),
    );
    return 0;
  },
};

/** One of the verbs, on a pool of keng_core. */
export async function runUserCommand(pool: Pool, context: UserCommandContext): Promise<void> {
  const [verb = ''] = context.positionals;
  const action = ACTIONS[verb];
  if (action) return await action(pool, context);
  const known = Object.keys(ACTIONS).join(', ');
  throw new Problem(422, 'command.unknown', `"${verb}" is none of ${known}`);
}

type UserCommandContext = Pick<CommandContext, 'positionals' | 'values' | 'print'>;
type Action = (pool: Pool, context: UserCommandContext) => Promise<void>;
const ACTIONS: Readonly<Record<string, Action>> = { list, add, password, recover, deactivate };

/** Whoever may run this command on this machine may do anything to its database: rights are not asked, but the log says who. */
function asked() {
  const now = systemClock.now(LIVE);
  return { world: LIVE, now, actor: { kind: 'system', id: 'command-line' }, by: null } as const;
}

const pageSize = 500;

async function list(pool: Pool, { print }: UserCommandContext): Promise<void> {
  let after: string | undefined = '';
  while (after !== undefined) {
    const query = { after, limit: pageSize };
    const page: StoredUser[] = await transaction(pool, (client) => listUsers(client, LIVE, query));
    for (const { state } of page) print(describe(state));
    after = page.length === pageSize ? page.at(-1)?.state.login : undefined;
  }
}

function describe(user: UserBody): string {
  const marks = [user.active ? '' : 'stopped', user.synthetic ? 'synthetic' : ''].filter(
    (mark) => mark !== '',
  );
  return [user.login, user.roles.join(','), user.organisation ?? '-', user.name, ...marks].join('  ');
}

async function add(pool: Pool, { values, print }: UserCommandContext): Promise<void> {
  const login = requireText(values, 'login');
  const wanted = readBody(
    userBody.omit({ id: true, active: true }).safeParse({
      login,
      name: optionalText(values, 'name') ?? login,
      roles: texts(values, 'role').map(readRole),
      organisation: optionalText(values, 'organisation') ?? null,
      facilities: texts(values, 'facility'),
      language: optionalText(values, 'language') ?? 'vi',
      synthetic: false,
    }),
  );
  const prepared = await preparePassword(login, undefined);
  await transaction(pool, (client) => createUser(client, asked(), wanted, prepared));
  print(`${login} can log in with this password, which is shown only now: ${prepared.generated}`);
}

async function password(pool: Pool, { values, print }: UserCommandContext): Promise<void> {
  const login = requireText(values, 'login');
  const prepared = await preparePassword(login, undefined);
  await transaction(pool, async (client) => {
    const user = await findByLogin(client, LIVE, login);
    if (!user) throw unknownLogin(login);
    await setPassword(client, asked(), user.state.id, prepared);
  });
  print(`${login} can log in with this password, which is shown only now: ${prepared.generated}`);
}

async function recover(pool: Pool, { values, print }: UserCommandContext): Promise<void> {
  const login = requireText(values, 'login');
  const issued = await transaction(pool, async (client) => {
    const user = await findByLogin(client, LIVE, login);
    if (!user) throw unknownLogin(login);
    const issue = { removesPasskeys: values['lost-keys'] === true, twoPersons: false };
    return await issueRecovery(client, asked(), user.state.id, issue);
  });
  print(`${login} can choose a new password with this code, which is shown only now: ${issued.code}`);
  print(`It counts once, until ${issued.expiresAt.toISOString()}, at the page of the log-in.`);
}

async function deactivate(pool: Pool, { values, print }: UserCommandContext): Promise<void> {
  const login = requireText(values, 'login');
  await transaction(pool, async (client) => {
    const user = await findByLogin(client, LIVE, login, 'for update');
    if (!user) throw unknownLogin(login);
    const { name, roles, organisation, facilities, language } = user.state;
    const change = { name, roles, organisation, facilities, language, active: false };
    await changeUser(client, asked(), user.state.id, change);
  });
  print(`${login} is stopped and logged out everywhere`);
}

const unknownLogin = (login: string): Problem =>
  new Problem(404, 'user.not-found', `there is no user "${login}"; "keng user list" shows them`);

interface Parsed<Body> {
  readonly success: boolean;
  readonly data?: Body;
  readonly error?: {
    readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
  };
}

function readBody<Body>(parsed: Parsed<Body>): Body {
  if (parsed.data !== undefined) return parsed.data;
  const first = parsed.error?.issues[0];
  const field = String(first?.path[0] ?? '')
    .replace('roles', 'role')
    .replace('facilities', 'facility');
  throw new Problem(422, 'user.invalid', `--${field}: ${first?.message ?? 'cannot be used'}`);
}

type Values = Readonly<Record<string, CommandValue>>;

function readRole(text: string): Role {
  const role = ROLES.find((candidate) => candidate === text);
  if (role) return role;
  throw new Problem(422, 'user.role-unknown', `there is no role "${text}"; there are ${ROLES.join(', ')}`);
}

function optionalText(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function requireText(values: Values, name: string): string {
  const text = optionalText(values, name);
  if (text !== undefined) return text;
  throw new Problem(
    422,
    'command.incomplete',
    `--${name} is missing; "keng user --help" shows how it is written`,
  );
}

function texts(values: Values, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
