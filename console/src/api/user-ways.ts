import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { KeyItem, SessionItem } from './account.ts';
import { get, post, request, trusted } from './client.ts';

export interface UserWays {
  readonly passkeys: readonly KeyItem[];
  readonly sessions: readonly SessionItem[];
  readonly links: readonly { readonly issuer: string; readonly subject: string; readonly linkedAt: string }[];
  readonly recovery: {
    readonly issuedBy: string | null;
    readonly issuedAt: string;
    readonly expiresAt: string;
    readonly waits: boolean;
  } | null;
  readonly issuer: string | null;
}

export interface IssuedCode {
  readonly code: string;
  readonly expiresAt: string;
  readonly waits: boolean;
}

const keyOf = (id: string) => ['user-ways', id] as const;
const nothing = () => undefined;

export function useUserWays(id: string) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => get(`/users/${id}/ways`, trusted<UserWays>(), signal),
  });
}

function useWaysChange<Asked, Answer>(id: string, change: (asked: Asked) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(id) }),
  });
}

/** @param null all of them */
export const useEndSessions = (id: string) =>
  useWaysChange(id, (session: string | null) => post(`/users/${id}/sessions/end`, { session }, nothing));

export const useRemoveUserKey = (id: string) =>
  useWaysChange(id, (key: string) => request('DELETE', `/users/${id}/passkeys/${key}`, nothing));

export const useIssueRecovery = (id: string) =>
  useWaysChange(id, (lostKeys: boolean) =>
    post(`/users/${id}/recovery`, { lostKeys }, trusted<IssuedCode>()),
  );

export const useConfirmRecovery = (id: string) =>
  useWaysChange(id, () => post(`/users/${id}/recovery/confirm`, undefined, nothing));

export const useWithdrawRecovery = (id: string) =>
  useWaysChange(id, () => request('DELETE', `/users/${id}/recovery`, nothing));

export const useLinkSubject = (id: string) =>
  useWaysChange(id, (link: { readonly issuer: string; readonly subject: string; readonly linked: boolean }) =>
    post(`/users/${id}/provider-link`, link, nothing),
  );
