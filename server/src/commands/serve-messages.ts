import type { CentreReport } from '../centre.ts';
import type { DatabaseAddress, ProcessRole, Settings } from '../platform/index.ts';
import type { SecretName } from '../platform/secrets.ts';

/** What the parent tells a child over IPC. Addresses and secrets travel here, for arguments and environment can be read by others. */
export type ToChild =
  | {
      readonly type: 'start';
      readonly settings: Settings;
      readonly roles: readonly ProcessRole[];
      readonly address: DatabaseAddress;
      readonly secrets: Readonly<Record<SecretName, string | null>>;
    }
  | { readonly type: 'report'; readonly number: number }
  /** Accept no more, go on with those who are connected for a while, then stop: another process has taken over. */
  | { readonly type: 'retire'; readonly lingerMs: number }
  | { readonly type: 'stop' };

export type StartMessage = Extract<ToChild, { type: 'start' }>;

export type FromChild =
  | { readonly type: 'awake' }
  | { readonly type: 'started'; readonly listening: Readonly<Record<string, string>> }
  | { readonly type: 'report'; readonly number: number; readonly report: CentreReport }
  | { readonly type: 'failed'; readonly message: string };
