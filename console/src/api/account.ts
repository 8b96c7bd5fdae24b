import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, request, trusted } from './client.ts';
import { askNewKey, type NewKeyQuestion } from './passkey.ts';

export interface KeyItem {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly backedUp: boolean;
}

export type LogInMethod =
  | 'password'
  | 'passkey'
  | 'password+passkey'
  | 'provider'
  | 'provider+passkey'
  | 'recovery'
  | 'recovery+passkey';

export interface SessionItem {
  readonly id: string;
  readonly remote: string;
  readonly agent: string;
  readonly method: LogInMethod;
  readonly since: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
  readonly own: boolean;
}

export interface Account {
  readonly passkeys: readonly KeyItem[];
  readonly secondFactor: boolean;
  readonly secondFactorRequired: boolean;
  readonly sessions: readonly SessionItem[];
}

const ACCOUNT = ['account'] as const;
const nothing = () => undefined;

export function useAccount() {
  return useQuery({
    queryKey: ACCOUNT,
    queryFn: ({ signal }) => get('/account', trusted<Account>(), signal),
  });
}

function useAccountChange<Asked>(change: (asked: Asked) => Promise<void>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: ACCOUNT }),
  });
}

export interface NewKey {
  readonly name: string;
  readonly password: string;
}

/** Question, answer of the key, and keeping it: three steps that a person sees as one. */
export const useRegisterKey = () =>
  useAccountChange(async ({ name, password }: NewKey) => {
    const question = await post('/account/passkeys/question', { password }, trusted<NewKeyQuestion>());
    const response = await askNewKey(question);
    await post('/account/passkeys', { name, response }, nothing);
  });

export const useRemoveKey = () =>
  useAccountChange(({ id, password }: { readonly id: string; readonly password: string }) =>
    post(`/account/passkeys/${id}/remove`, { password }, nothing),
  );

export const useSecondFactor = () =>
  useAccountChange((body: { readonly required: boolean; readonly password: string }) =>
    request('PUT', '/account/second-factor', nothing, { body }),
  );

export const useEndOwnSession = () =>
  useAccountChange((id: string) => request('DELETE', `/account/sessions/${id}`, nothing));
