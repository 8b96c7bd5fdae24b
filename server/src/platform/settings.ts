import path from 'node:path';
import { ROLES, type Role } from '@keng/model';
import type { LogLevel } from './logger.ts';
import { PlatformError } from './platform-error.ts';
import {
  type ListenAddress,
  parseArgsOptions,
  parseChoice,
  parseCount,
  parseList,
  parseListenAddress,
  parseMailUrl,
  parseReturnAddress,
  parseSwitch,
  parseText,
  parseTexts,
  parseUrl,
  readSettings,
  requireCode,
  requireListenAddress,
  requireText,
  type Setting,
  type SettingSources,
  type SettingValues,
  settingsHelp,
} from './setting.ts';

/** What a process of a centre does. One process can have several roles, several processes the same one. */
export const processRoles = ['receiver', 'sequencer', 'consumer', 'web', 'sender', 'supervisor'] as const;
export type ProcessRole = (typeof processRoles)[number];

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

function setting<Value>(row: Setting<Value>): Setting<Value> {
  return row;
}

/** Every setting of a centre. Secrets are in secrets.ts: they never come by flag. */
export const settingsTable = {
  http: setting<ListenAddress>({
    flag: 'http',
    env: 'KENG_HTTP',
    default: '127.0.0.1:8114',
    value: 'HOST:PORT',
    group: 'Addresses',
    help: 'console, API and live feed (role web)',
    parse: requireListenAddress,
  }),
  publicUrl: setting<string | null>({
    flag: 'public-url',
    env: 'KENG_PUBLIC_URL',
    default: undefined,
    value: 'URL',
    group: 'Addresses',
    help: 'how browsers and owners reach this centre; unset: made from the HTTP address',
    parse: parseUrl,
  }),
  tlsCertificate: setting<string | null>({
    flag: 'tls-certificate',
    env: 'KENG_TLS_CERTIFICATE',
    default: undefined,
    value: 'FILE',
    group: 'Addresses',
    help: 'PEM certificate chain; with --tls-key the console and the API are served over HTTPS',
    parse: parseText,
  }),
  tlsKey: setting<string | null>({
    flag: 'tls-key',
    env: 'KENG_TLS_KEY',
    default: undefined,
    value: 'FILE',
    group: 'Addresses',
    help: 'PEM private key of the certificate',
    parse: parseText,
  }),
  trustedProxies: setting<readonly string[]>({
    flag: 'trusted-proxies',
    env: 'KENG_TRUSTED_PROXIES',
    default: '',
    value: 'ADDRESS,...',
    group: 'Addresses',
    help: 'proxies whose X-Forwarded-For is believed; without them all clients behind one share its limits',
    parse: parseTexts,
  }),
  dc09Tcp: setting<ListenAddress | null>({
    flag: 'dc09-tcp',
    env: 'KENG_DC09_TCP',
    default: '127.0.0.1:10009',
    value: 'HOST:PORT|off',
    group: 'Addresses',
    help: 'SIA DC-09 over TCP (role receiver)',
    parse: parseListenAddress,
  }),
  dc09Udp: setting<ListenAddress | null>({
    flag: 'dc09-udp',
    env: 'KENG_DC09_UDP',
    default: '127.0.0.1:10009',
    value: 'HOST:PORT|off',
    group: 'Addresses',
    help: 'SIA DC-09 over UDP (role receiver)',
    parse: parseListenAddress,
  }),
  gb26875Tcp: setting<ListenAddress | null>({
    flag: 'gb26875-tcp',
    env: 'KENG_GB26875_TCP',
    default: '127.0.0.1:26875',
    value: 'HOST:PORT|off',
    group: 'Addresses',
    help: 'GB/T 26875.3 over TCP (role receiver); it has no authentication: a private network or TLS around it',
    parse: parseListenAddress,
  }),
  deviceApi: setting<ListenAddress | null>({
    flag: 'device-api',
    env: 'KENG_DEVICE_API',
    default: 'off',
    value: 'HOST:PORT|off',
    group: 'Addresses',
    help: 'signed JSON of devices over HTTP, HTTPS with --tls-certificate (role receiver)',
    parse: parseListenAddress,
  }),
  mqttTcp: setting<ListenAddress | null>({
    flag: 'mqtt-tcp',
    env: 'KENG_MQTT_TCP',
    default: 'off',
    value: 'HOST:PORT|off',
    group: 'Addresses',
    help: 'MQTT 3.1.1 of devices over TCP, plain (role receiver)',
    parse: parseListenAddress,
  }),
  mqttTls: setting<ListenAddress | null>({
    flag: 'mqtt-tls',
    env: 'KENG_MQTT_TLS',
    default: 'off',
    value: 'HOST:PORT|off',
    group: 'Addresses',
    help: 'the same over TLS with --tls-certificate (role receiver)',
    parse: parseListenAddress,
  }),
  metrics: setting<ListenAddress | null>({
    flag: 'metrics',
    env: 'KENG_METRICS',
    default: '127.0.0.1:9114',
    value: 'HOST:PORT|off',
    group: 'Addresses',
    help: 'metrics for Prometheus and health of all roles of this machine, without log-in: keep it from the public',
    parse: parseListenAddress,
  }),
  dataFolder: setting<string>({
    flag: 'data',
    env: 'KENG_DATA',
    default: '.keng',
    value: 'FOLDER',
    group: 'Data',
    help: 'database of its own, generated secrets and the lock; made if missing',
    parse: (text) => path.resolve(requireText(text)),
  }),
  databaseUrl: setting<string | null>({
    flag: 'database-url',
    env: 'DATABASE_URL',
    default: undefined,
    value: 'URL',
    group: 'Data',
    help: 'PostgreSQL 15 to 18; unset: Keng starts its own. A URL with a password only by environment',
    parse: parseText,
  }),
  roles: setting<readonly ProcessRole[]>({
    flag: 'roles',
    env: 'KENG_ROLES',
    default: processRoles.join(','),
    value: 'ROLE,...',
    group: 'Roles',
    help: `what this machine does: ${processRoles.join(', ')}`,
    parse: (text) => {
      const roles = parseList(processRoles)(text);
      if (roles.length === 0) throw new Error('at least one role was expected');
      return roles;
    },
  }),
  oneProcess: setting<boolean>({
    flag: 'one-process',
    env: 'KENG_ONE_PROCESS',
    default: 'false',
    value: undefined,
    group: 'Roles',
    help: 'all roles in this process instead of one child process for each group',
    parse: parseSwitch,
  }),
  origin: setting<string>({
    flag: 'origin',
    env: 'KENG_ORIGIN',
    default: 'centre-1',
    value: 'CODE',
    group: 'Centre',
    help: 'code of this centre in the log; never change it once entries exist',
    parse: requireCode,
  }),
  country: setting<string>({
    flag: 'country',
    env: 'KENG_COUNTRY',
    default: 'vn',
    value: 'CODE',
    group: 'Centre',
    help: 'country pack',
    parse: requireCode,
  }),
  administratorTelephone: setting<string | null>({
    flag: 'administrator-telephone',
    env: 'KENG_ADMINISTRATOR_TELEPHONE',
    default: undefined,
    value: 'NUMBER',
    group: 'Telephone gateway',
    help: 'is sent an SMS when the synthetic alarm does not come through (role supervisor); unset: nobody is',
    parse: (text) => {
      if (text !== undefined && !/^\+?[0-9]{3,20}$/.test(text))
        throw new Error('a telephone number was expected');
      return text ?? null;
    },
  }),
  telephoneGatewayUrl: setting<string | null>({
    flag: 'telephone-gateway-url',
    env: 'KENG_TELEPHONE_GATEWAY_URL',
    default: undefined,
    value: 'URL',
    group: 'Telephone gateway',
    help: 'voice calls and SMS (role sender); unset: none are sent, and the console says so',
    parse: parseUrl,
  }),
  telephoneGatewaySecretFile: setting<string | null>({
    flag: 'telephone-gateway-secret-file',
    env: 'KENG_TELEPHONE_GATEWAY_SECRET_FILE',
    default: undefined,
    value: 'FILE',
    group: 'Telephone gateway',
    help: 'file with the secret shared with the gateway; or KENG_TELEPHONE_GATEWAY_SECRET',
    parse: parseText,
  }),
  smtpUrl: setting<string | null>({
    flag: 'smtp-url',
    env: 'KENG_SMTP_URL',
    default: undefined,
    value: 'URL',
    group: 'E-mail',
    help: 'smtp://HOST:587 (STARTTLS, required) or smtps://HOST:465 (role sender); unset: no mail is sent',
    parse: parseMailUrl,
  }),
  smtpFrom: setting<string | null>({
    flag: 'smtp-from',
    env: 'KENG_SMTP_FROM',
    default: undefined,
    value: 'ADDRESS',
    group: 'E-mail',
    help: 'address that mails come from; without --smtp-returns mail that cannot be delivered comes back there',
    parse: parseText,
  }),
  smtpReturns: setting<string | null>({
    flag: 'smtp-returns',
    env: 'KENG_SMTP_RETURNS',
    default: undefined,
    value: 'ADDRESS',
    group: 'E-mail',
    help: 'address to which mail that cannot be delivered comes back, signed behind a plus; the mail server hands it to /api/mail/returned',
    parse: parseReturnAddress,
  }),
  smtpUser: setting<string | null>({
    flag: 'smtp-user',
    env: 'KENG_SMTP_USER',
    default: undefined,
    value: 'NAME',
    group: 'E-mail',
    help: 'log-in at the mail server; its password is KENG_SMTP_PASSWORD',
    parse: parseText,
  }),
  smtpCa: setting<string | null>({
    flag: 'smtp-ca',
    env: 'KENG_SMTP_CA',
    default: undefined,
    value: 'FILE',
    group: 'E-mail',
    help: "PEM of the authority of the mail server's certificate; unset: those that Node knows",
    parse: parseText,
  }),
  smtpPlain: setting<boolean>({
    flag: 'smtp-plain',
    env: 'KENG_SMTP_PLAIN',
    default: 'false',
    value: undefined,
    group: 'E-mail',
    help: 'speak without TLS: only to a relay on this machine',
    parse: parseSwitch,
  }),
  pushSubject: setting<string | null>({
    flag: 'push-subject',
    env: 'KENG_PUSH_SUBJECT',
    default: undefined,
    value: 'URL|mailto:ADDRESS',
    group: 'Web push',
    help: 'whom a push service may ask about this centre; unset: the public URL',
    parse: parseText,
  }),
  pushPrivateAddresses: setting<boolean>({
    flag: 'push-private-addresses',
    env: 'KENG_PUSH_PRIVATE_ADDRESSES',
    default: 'false',
    value: undefined,
    group: 'Web push',
    help: 'push services may stand inside a network, without TLS',
    parse: parseSwitch,
  }),
  dutyCheckHours: setting<number>({
    flag: 'duty-check-hours',
    env: 'KENG_DUTY_CHECK_HOURS',
    default: '0',
    value: 'HOURS',
    group: 'Running',
    help: 'hours after which each control room is asked again whether somebody is there; 0: only desks ask (no text sets a time)',
    parse: parseCount(0, 8_760),
  }),
  webhookPrivateAddresses: setting<boolean>({
    flag: 'webhook-private-addresses',
    env: 'KENG_WEBHOOK_PRIVATE_ADDRESSES',
    default: 'false',
    value: undefined,
    group: 'Webhooks',
    help: 'webhooks may point to addresses inside a network (10.x, 192.168.x, loopback ...)',
    parse: parseSwitch,
  }),
  backupFolder: setting<string | null>({
    flag: 'backup-folder',
    env: 'KENG_BACKUP_FOLDER',
    default: undefined,
    value: 'FOLDER',
    group: 'Backup',
    help: 'copies of the database are made here while the centre runs (role sequencer); another disk; unset: none',
    parse: (text) => (text === undefined ? null : path.resolve(text)),
  }),
  backupEveryHours: setting<number>({
    flag: 'backup-every-hours',
    env: 'KENG_BACKUP_EVERY_HOURS',
    default: '24',
    value: 'HOURS',
    group: 'Backup',
    help: 'from one copy to the next',
    parse: parseCount(1, 720),
  }),
  backupKeep: setting<number>({
    flag: 'backup-keep',
    env: 'KENG_BACKUP_KEEP',
    default: '14',
    value: 'COPIES',
    group: 'Backup',
    help: 'copies that are kept; the oldest go when a new one is whole',
    parse: parseCount(1, 10_000),
  }),
  archiveFolder: setting<string | null>({
    flag: 'archive-folder',
    env: 'KENG_ARCHIVE_FOLDER',
    default: undefined,
    value: 'FOLDER',
    group: 'Backup',
    help: 'entries whose time is over (limits log.kept.* of the country) leave the database for files here (role sequencer); unset: nothing leaves',
    parse: (text) => (text === undefined ? null : path.resolve(text)),
  }),
  archiveEveryHours: setting<number>({
    flag: 'archive-every-hours',
    env: 'KENG_ARCHIVE_EVERY_HOURS',
    default: '168',
    value: 'HOURS',
    group: 'Backup',
    help: 'from one look for entries whose time is over to the next',
    parse: parseCount(1, 720),
  }),
  passkeyRoles: setting<readonly Role[]>({
    flag: 'passkey-roles',
    env: 'KENG_PASSKEY_ROLES',
    default: '',
    value: 'ROLE,...',
    group: 'Identity',
    help: `who logs in with a key beside the password; of ${ROLES.join(', ')}`,
    parse: parseList(ROLES),
  }),
  recoveryTwoPersons: setting<boolean>({
    flag: 'recovery-two-persons',
    env: 'KENG_RECOVERY_TWO_PERSONS',
    default: 'false',
    value: undefined,
    group: 'Identity',
    help: 'a recovery code that an administrator issues counts only when a second one has confirmed it',
    parse: parseSwitch,
  }),
  oidcIssuer: setting<string | null>({
    flag: 'oidc-issuer',
    env: 'KENG_OIDC_ISSUER',
    default: undefined,
    value: 'URL',
    group: 'Identity',
    help: 'OpenID provider beside passwords and keys; its secret by KENG_OIDC_CLIENT_SECRET',
    parse: parseUrl,
  }),
  oidcClientId: setting<string>({
    flag: 'oidc-client-id',
    env: 'KENG_OIDC_CLIENT_ID',
    default: 'keng',
    value: 'ID',
    group: 'Identity',
    help: 'as the provider knows this centre',
    parse: requireText,
  }),
  oidcName: setting<string>({
    flag: 'oidc-name',
    env: 'KENG_OIDC_NAME',
    default: 'OpenID',
    value: 'NAME',
    group: 'Identity',
    help: 'what the button of the log-in says',
    parse: requireText,
  }),
  oidcLoginClaim: setting<string | null>({
    flag: 'oidc-login-claim',
    env: 'KENG_OIDC_LOGIN_CLAIM',
    default: undefined,
    value: 'CLAIM',
    group: 'Identity',
    help: 'a claim trusted to be the login here, never for administrators and auditors; unset: subjects are linked by hand',
    parse: parseText,
  }),
  logLevel: setting<LogLevel>({
    flag: 'log-level',
    env: 'KENG_LOG_LEVEL',
    default: 'info',
    value: 'LEVEL',
    group: 'Running',
    help: `least level that is printed: ${logLevels.join(', ')}`,
    parse: parseChoice(logLevels),
  }),
};

export type Settings = SettingValues<typeof settingsTable>;

export const serveOptions = parseArgsOptions(settingsTable);

export function loadSettings(sources: SettingSources): Settings {
  refusePasswordInFlag(sources.flags['database-url']);
  return readSettings(settingsTable, sources);
}

export function serveHelp(): string {
  return settingsHelp(settingsTable);
}

/** Arguments of a process can be read by every user of the machine. */
function refusePasswordInFlag(url: unknown): void {
  // Not by `new URL`: one with several hosts is none to it.
  if (typeof url !== 'string' || !/^[a-z]+:\/\/[^@/?#]*:[^@/?#]+@/i.test(url)) return;
  throw new PlatformError(
    'setting-invalid',
    '--database-url holds a password, and arguments are visible to every user of the machine',
    'give the URL in the environment variable DATABASE_URL',
  );
}
