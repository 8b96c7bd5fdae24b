import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { type DatabaseRole, databaseRoles, type RolePasswords } from './database-address.ts';
import { errorCode, errorMessage, PlatformError } from './platform-error.ts';
import type { Settings } from './settings.ts';

/** A text that prints as [secret] wherever it slips into a log, an error or JSON. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself; call it only where it is used. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

interface SecretRow {
  readonly env: string;
  /** Name below <data>/secrets when nobody gave one; null: it cannot be made up, so it may be missing. */
  readonly file: string | null;
  readonly help: string;
}

/** Each comes from its variable, else from the file that VARIABLE_FILE names, else is made once and kept below the data folder. */
export const secretsTable = {
  session: { env: 'KENG_SESSION_SECRET', file: 'session', help: 'signs session cookies and CSRF tokens' },
  ownerLink: {
    env: 'KENG_OWNER_LINK_SECRET',
    file: 'owner-link',
    help: "signs the links to the owner's page",
  },
  deviceKeys: {
    env: 'KENG_DEVICE_KEYS_SECRET',
    file: 'device-keys',
    help: 'encrypts the AES keys of transmitters at rest',
  },
  webhooks: {
    env: 'KENG_WEBHOOKS_SECRET',
    file: 'webhooks',
    help: 'encrypts the secrets of webhooks at rest',
  },
  push: {
    env: 'KENG_PUSH_SECRET',
    file: 'push',
    help: 'makes the key pair of web push (VAPID); another one ends every subscription',
  },
  smtpPassword: {
    env: 'KENG_SMTP_PASSWORD',
    file: null,
    help: 'of this centre at the mail server',
  },
  mailReturns: {
    env: 'KENG_MAIL_RETURNS_SECRET',
    file: null,
    help: 'of the mail server that hands over mail that came back (role web)',
  },
  telephoneGateway: {
    env: 'KENG_TELEPHONE_GATEWAY_SECRET',
    file: null,
    help: 'shared with the telephone gateway',
  },
  oidcClient: {
    env: 'KENG_OIDC_CLIENT_SECRET',
    file: null,
    help: 'of this centre at the OpenID provider; without one it is a public client',
  },
} as const satisfies Record<string, SecretRow>;

export type SecretName = keyof typeof secretsTable;
type GeneratedName = {
  [Name in SecretName]: (typeof secretsTable)[Name]['file'] extends string ? Name : never;
}[SecretName];
export type Secrets = Readonly<Record<GeneratedName, Secret>> & {
  readonly [Name in Exclude<SecretName, GeneratedName>]: Secret | null;
};

type Environment = Readonly<Record<string, string | undefined>>;

export function loadSecrets(
  settings: Pick<Settings, 'dataFolder' | 'telephoneGatewaySecretFile'>,
  env: Environment,
): Secrets {
  const folder = path.join(settings.dataFolder, 'secrets');
  const make = (name: GeneratedName): Secret =>
    given(secretsTable[name].env, env) ?? stored(folder, secretsTable[name].file);
  return {
    session: make('session'),
    ownerLink: make('ownerLink'),
    deviceKeys: make('deviceKeys'),
    webhooks: make('webhooks'),
    push: make('push'),
    smtpPassword: given(secretsTable.smtpPassword.env, env),
    mailReturns: given(secretsTable.mailReturns.env, env),
    telephoneGateway: given(secretsTable.telephoneGateway.env, {
      ...env,
      KENG_TELEPHONE_GATEWAY_SECRET_FILE: settings.telephoneGatewaySecretFile ?? undefined,
    }),
    oidcClient: given(secretsTable.oidcClient.env, env),
  };
}

/** Passwords of database roles, from KENG_DATABASE_PASSWORD_OWNER, _CORE, ... or the same with _FILE. */
export function loadRolePasswords(env: Environment): RolePasswords {
  const passwords: Partial<Record<DatabaseRole, string>> = {};
  for (const role of databaseRoles) {
    const secret = given(passwordVariable(role), env);
    if (secret) passwords[role] = secret.reveal();
  }
  return passwords;
}

export function passwordVariable(role: DatabaseRole): string {
  return `KENG_DATABASE_PASSWORD_${role.replace('keng_', '').toUpperCase()}`;
}

export function secretsHelp(): string {
  const lines = [
    'Secrets (environment or file, never a flag; VARIABLE_FILE names a file that holds the value):',
  ];
  for (const row of Object.values(secretsTable)) {
    const fallback = row.file === null ? 'none' : `made once, kept in FOLDER/secrets/${row.file}`;
    lines.push(`  ${row.env}`, `      ${row.help}`, `      default ${fallback}`);
  }
  lines.push(
    '  KENG_DATABASE_PASSWORD_<ROLE>',
    `      password of a login role of the database at DATABASE_URL: ${databaseRoles.map((role) => role.replace('keng_', '')).join(', ')}`,
    '      default the password of the URL',
  );
  return lines.join('\n');
}

/** For IPC to a child process: the only place where all are revealed. */
export function revealSecrets(secrets: Secrets): Record<SecretName, string | null> {
  return {
    session: secrets.session.reveal(),
    ownerLink: secrets.ownerLink.reveal(),
    deviceKeys: secrets.deviceKeys.reveal(),
    webhooks: secrets.webhooks.reveal(),
    push: secrets.push.reveal(),
    smtpPassword: secrets.smtpPassword?.reveal() ?? null,
    mailReturns: secrets.mailReturns?.reveal() ?? null,
    telephoneGateway: secrets.telephoneGateway?.reveal() ?? null,
    oidcClient: secrets.oidcClient?.reveal() ?? null,
  };
}

export function wrapSecrets(plain: Readonly<Record<SecretName, string | null>>): Secrets {
  return {
    session: new Secret(plain.session ?? ''),
    ownerLink: new Secret(plain.ownerLink ?? ''),
    deviceKeys: new Secret(plain.deviceKeys ?? ''),
    webhooks: new Secret(plain.webhooks ?? ''),
    push: new Secret(plain.push ?? ''),
    smtpPassword: plain.smtpPassword === null ? null : new Secret(plain.smtpPassword),
    mailReturns: plain.mailReturns ? new Secret(plain.mailReturns) : null,
    telephoneGateway: plain.telephoneGateway === null ? null : new Secret(plain.telephoneGateway),
    oidcClient: plain.oidcClient ? new Secret(plain.oidcClient) : null,
  };
}

function given(variable: string, env: Environment): Secret | null {
  const text = env[variable];
  if (text !== undefined && text !== '') return new Secret(text);
  const file = env[`${variable}_FILE`];
  if (file === undefined || file === '') return null;
  return readSecretFile(variable, file);
}

function readSecretFile(variable: string, file: string): Secret {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw secretInvalid(`${variable}: the file ${file} cannot be read (${errorMessage(cause)})`, cause);
  }
  if (text === '') throw secretInvalid(`${variable}: the file ${file} is empty`);
  return new Secret(text);
}

function stored(folder: string, name: string): Secret {
  const file = path.join(folder, name);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Written whole beside its place and then linked there: two processes that start together end with the same secret, and
  // none reads a half-written one.
  const draft = path.join(folder, `.${name}.${process.pid}.${randomBytes(4).toString('hex')}`);
  if (!fs.existsSync(file)) {
    fs.writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
    try {
      fs.linkSync(draft, file);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    } finally {
      fs.rmSync(draft);
    }
  }
  return readSecretFile(name, file);
}

function secretInvalid(message: string, cause?: unknown): PlatformError {
  return new PlatformError('secret-invalid', message, 'correct the file or the variable and start again', {
    cause,
  });
}
