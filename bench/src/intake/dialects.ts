import { dc09Dialect } from './dc09-dialect.ts';
import { gb26875Dialect } from './gb26875-dialect.ts';

export const DIALECTS = { dc09: dc09Dialect, gb26875: gb26875Dialect } as const;
export type Protocol = keyof typeof DIALECTS;
