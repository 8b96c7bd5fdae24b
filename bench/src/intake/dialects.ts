import { dc09Dialect } from './dc09-dialect.ts';
import { deviceApiDialect } from './device-api-dialect.ts';
import { gb26875Dialect } from './gb26875-dialect.ts';
import { mqttDialect } from './mqtt-dialect.ts';

export const DIALECTS = {
  dc09: dc09Dialect,
  gb26875: gb26875Dialect,
  'device-api': deviceApiDialect,
  mqtt: mqttDialect,
} as const;
export type Protocol = keyof typeof DIALECTS;
