import process from 'node:process';

/**
 * Structured log lines on standard error: JSON for machines, or a short line on a terminal. The methods are those of pino, so
 * that fastify takes it as its logger.
 */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

export type LogFields = Readonly<Record<string, unknown>>;

export interface LogMethod {
  (message: string): void;
  (fields: object, message?: string): void;
}

export interface Logger extends Readonly<Record<LogLevel | 'silent', LogMethod>> {
  level: string;
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  readonly level?: LogLevel;
  readonly write?: (line: string) => void;
  readonly pretty?: boolean;
}

const weights: Record<LogLevel, number> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };

const defaults: { level: LogLevel } = { level: 'info' };

/** The least level of loggers made from now on. */
export function setLogLevel(level: LogLevel): void {
  defaults.level = level;
}

export function createLogger(name: string, options: LoggerOptions = {}): Logger {
  return makeLogger({ name }, options);
}

function makeLogger(bound: LogFields, options: LoggerOptions): Logger {
  const level = options.level ?? defaults.level;
  const pretty = options.pretty ?? process.stderr.isTTY;
  const write = options.write ?? ((line: string) => process.stderr.write(`${line}\n`));
  const method = (own: LogLevel): LogMethod => {
    if (weights[own] < weights[level]) return () => {};
    return (first: string | object, message?: string) => {
      const fields = typeof first === 'string' ? {} : first instanceof Error ? { err: first } : { ...first };
      const text =
        typeof first === 'string' ? first : (message ?? (first instanceof Error ? first.message : ''));
      const format = pretty ? formatPretty : formatJson;
      write(format(own, { ...bound, ...fields }, text));
    };
  };
  return {
    level,
    trace: method('trace'),
    debug: method('debug'),
    info: method('info'),
    warn: method('warn'),
    error: method('error'),
    fatal: method('fatal'),
    silent: () => {},
    child: (fields) => makeLogger({ ...bound, ...fields }, { ...options, level }),
  };
}

function formatJson(level: LogLevel, fields: LogFields, message: string): string {
  return JSON.stringify({ time: new Date().toISOString(), level, ...mapErrors(fields), msg: message });
}

function formatPretty(level: LogLevel, fields: LogFields, message: string): string {
  const { name, ...rest } = mapErrors(fields);
  const extra = Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest)}`;
  const mark = level === 'info' ? '' : `${level.toUpperCase()} `;
  return `${new Date().toISOString().slice(11, 19)} ${String(name)}: ${mark}${message}${extra}`;
}

/** An Error has no enumerable fields of its own: JSON would print {}. */
function mapErrors(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? describe(value, 0) : value]),
  );
}

function describe(error: Error, depth: number): Record<string, unknown> {
  const { cause } = error;
  return {
    type: error.name,
    message: error.message,
    ...('code' in error ? { code: error.code } : {}),
    stack: error.stack,
    ...(cause instanceof Error && depth < 4 ? { cause: describe(cause, depth + 1) } : {}),
  };
}
