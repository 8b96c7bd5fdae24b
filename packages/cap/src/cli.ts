import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { checkRead } from './check.ts';
import { CapError, type Finding } from './finding.ts';
import { type AlertRead, type CapRead, readCap } from './read/read-cap.ts';
import { PROFILE_NAMES, type ProfileName } from './rules/profiles.ts';
import { signAlert } from './signature/sign.ts';
import { type PinnedKey, verifyAlert } from './signature/verify.ts';
import { costOf } from './text/text-budget.ts';

const HELP = `usage: cap COMMAND FILE [options]      FILE "-": standard input

  check FILE    every deviation, by rule, place and severity
                --profile NAME  ${PROFILE_NAMES.join(', ')}; may stand several times
  show FILE     what the messages say
  verify FILE   whether a pinned issuer signed it
                --key NAME=PEM-FILE  public key or certificate; may stand several times
                --allow-sha1         take RSA with SHA-1, as old issuers sign
  sign FILE     the message with an enveloped signature, on standard output
                --private-key PEM-FILE   ECDSA P-256 or RSA of at least 2,048 bits
                --certificate PEM-FILE   put into the message
  cost FILE     what each text costs on cell broadcast and as a short message

  --json        one JSON document instead of lines
exit: 0 nothing wrong, 1 errors found or not verified, 2 it could not be read
`;

export interface CliResult {
  readonly out: string;
  readonly error: string;
  readonly code: 0 | 1 | 2;
}

/** Runs the command line. Files are read and nothing is written: what comes out is returned. */
export function runCli(args: readonly string[]): CliResult {
  try {
    return run(args);
  } catch (error) {
    if (error instanceof CapError || isUsage(error))
      return { out: '', error: `cap: ${(error as Error).message}\n`, code: 2 };
    throw error;
  }
}

const isUsage = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  /^(ERR_PARSE_ARGS|ENOENT|EISDIR|EACCES)/.test(String(error.code));

function run(args: readonly string[]): CliResult {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      profile: { type: 'string', multiple: true, default: [] },
      key: { type: 'string', multiple: true, default: [] },
      'allow-sha1': { type: 'boolean', default: false },
      'private-key': { type: 'string' },
      certificate: { type: 'string' },
    },
  });
  const [command, file] = positionals;
  if (values.help || command === undefined)
    return { out: HELP, error: '', code: command === undefined ? 2 : 0 };
  if (file === undefined) return { out: '', error: `cap: ${command} which file?\n`, code: 2 };
  const bytes = fs.readFileSync(file === '-' ? 0 : file);
  switch (command) {
    case 'check':
      return check(readCap(bytes), values.profile, values.json);
    case 'show':
      return show(readCap(bytes), values.json);
    case 'verify':
      return verify(bytes, values.key, values['allow-sha1'], values.json);
    case 'sign': {
      const pem = values['private-key'];
      if (pem === undefined) return { out: '', error: 'cap: sign with which --private-key?\n', code: 2 };
      const certificate = values.certificate;
      const signer = {
        privateKey: fs.readFileSync(pem, 'utf8'),
        ...(certificate !== undefined && { certificate: fs.readFileSync(certificate, 'utf8') }),
      };
      return { out: signAlert(bytes.toString('utf8'), signer), error: '', code: 0 };
    }
    case 'cost':
      return cost(readCap(bytes), values.json);
    default:
      return { out: '', error: `cap: there is no command ${command}\n`, code: 2 };
  }
}

function check(read: CapRead, names: readonly string[], json: boolean): CliResult {
  const unknown = names.find((name) => !PROFILE_NAMES.includes(name as ProfileName));
  if (unknown !== undefined) return { out: '', error: `cap: there is no profile ${unknown}\n`, code: 2 };
  const profiles = names as readonly ProfileName[];
  const alerts = read.alerts.map((one) => ({
    identifier: one.alert.identifier,
    version: one.version,
    findings: checkRead(one, { profiles }),
  }));
  const all = [...read.findings, ...alerts.flatMap((one) => one.findings)];
  const code = all.some((one) => one.severity === 'error') || read.alerts.length === 0 ? 1 : 0;
  if (json)
    return {
      out: `${JSON.stringify({ container: read.container, findings: read.findings, alerts }, null, 2)}\n`,
      error: '',
      code,
    };
  const lines = [
    ...read.findings.map(findingLine),
    ...alerts.flatMap((one, index) => [
      `alert ${index + 1} of ${alerts.length}: ${one.identifier || '(no identifier)'}, CAP ${one.version ?? '(unknown namespace)'}`,
      ...one.findings.map(findingLine),
    ]),
    `${alerts.length} messages, ${count(all, 'error')} errors, ${count(all, 'warning')} warnings, ${count(all, 'advice')} pieces of advice`,
  ];
  return { out: `${lines.join('\n')}\n`, error: '', code };
}

const count = (findings: readonly Finding[], severity: Finding['severity']): number =>
  findings.filter((one) => one.severity === severity).length;

const findingLine = ({ severity, rule, path, line, column, text }: Finding): string =>
  `  ${severity.padEnd(7)} ${`${line}:${column}`.padEnd(8)} ${rule.padEnd(26)} ${path}: ${text}`;

function show(read: CapRead, json: boolean): CliResult {
  if (json)
    return {
      out: `${JSON.stringify(
        read.alerts.map((one) => one.alert),
        null,
        2,
      )}\n`,
      error: '',
      code: 0,
    };
  return {
    out: `${read.alerts.map(showOne).join('\n\n')}\n`,
    error: '',
    code: read.alerts.length > 0 ? 0 : 1,
  };
}

function showOne({ alert, signed }: AlertRead): string {
  const head = `${alert.status} ${alert.msgType} ${alert.identifier}\n  from ${alert.sender}, ${alert.sent}${signed ? ', carries a signature' : ''}`;
  const about = alert.references.map((one) => `  about ${one.identifier}`);
  const infos = alert.info.map((info) =>
    [
      `  [${info.language ?? 'en-US, not declared'}] ${info.event}: ${info.urgency}, ${info.severity}, ${info.certainty}; until ${info.expires ?? 'not said'}`,
      ...[info.headline, info.description, info.instruction].flatMap((text) =>
        text ? [`    ${text.trim()}`] : [],
      ),
      ...info.area.map((area) => `    where: ${area.areaDesc.trim()}`),
    ].join('\n'),
  );
  return [head, ...about, ...infos].join('\n');
}

function verify(bytes: Uint8Array, keys: readonly string[], allowSha1: boolean, json: boolean): CliResult {
  const pinned = keys.map((one): PinnedKey => {
    const sign = one.indexOf('=');
    const name = sign < 0 ? one : one.slice(0, sign);
    return { name, pem: fs.readFileSync(one.slice(sign + 1), 'utf8') };
  });
  const result = verifyAlert(bytes, { pinned, allowSha1 });
  const code = result.verified ? 0 : 1;
  const text = result.verified
    ? `verified: ${result.alert.identifier}, signed by ${result.by}`
    : `not verified: ${result.fault}: ${result.text}`;
  const shown = result.verified
    ? { verified: true, by: result.by, identifier: result.alert.identifier }
    : result;
  return { out: json ? `${JSON.stringify(shown)}\n` : `${text}\n`, error: '', code };
}

function cost(read: CapRead, json: boolean): CliResult {
  const texts = read.alerts.flatMap(({ alert }) =>
    alert.info.flatMap((info) =>
      (['headline', 'description', 'instruction'] as const).flatMap((name) => {
        const text = info[name];
        if (text === null) return [];
        return [
          {
            language: info.language ?? 'en-US',
            name,
            cellBroadcast: costOf(text, 'cell-broadcast'),
            sms: costOf(text, 'sms'),
          },
        ];
      }),
    ),
  );
  if (json) return { out: `${JSON.stringify(texts, null, 2)}\n`, error: '', code: 0 };
  const lines = texts.map(
    ({ language, name, cellBroadcast, sms }) =>
      `${language.padEnd(8)} ${name.padEnd(12)} ${cellBroadcast.alphabet} ${cellBroadcast.places} of ${cellBroadcast.budget}; ${sms.parts} short messages`,
  );
  return {
    out: `${lines.join('\n')}\n`,
    error: '',
    code: texts.every((one) => one.cellBroadcast.fits) ? 0 : 1,
  };
}
