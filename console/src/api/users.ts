import type { UserBody } from '@keng/model';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { get, post, request, trusted } from './client.ts';

export interface UserItem extends UserBody {
  readonly createdAt: string;
  readonly changedAt: string;
  readonly revision: number;
  /** Set by somebody else, and not changed since. */
  readonly passwordTemporary: boolean;
}

interface UserPage {
  readonly users: readonly UserItem[];
  readonly next: string | null;
}

export type NewUser = Omit<UserBody, 'id' | 'active' | 'synthetic'> & { readonly password?: string };
export type UserChange = Omit<UserBody, 'id' | 'login' | 'synthetic'> & { readonly revision: number };

const PAGE = 100;

export function useUsers(search: string) {
  return useInfiniteQuery({
    queryKey: ['users', search],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(PAGE) });
      if (search.trim() !== '') query.set('search', search.trim());
      if (pageParam !== null) query.set('cursor', pageParam);
      return get(`/users?${query}`, trusted<UserPage>(), signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });
}

/** `password` is only there when the centre made one up: this answer is the one place where it can be read. */
export interface CreatedUser {
  readonly user: UserItem;
  readonly password: string | null;
}

export function useCreateUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (user: NewUser) => post('/users', user, trusted<CreatedUser>()),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
}

export function useChangeUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { readonly id: string; readonly change: UserChange }) =>
      request('PUT', `/users/${id}`, trusted<UserItem>(), { body: change }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
}

export function useSetPassword() {
  const queries = useQueryClient();
  return useMutation({
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
    mutationFn: ({ id, password }: { readonly id: string; readonly password: string | null }) =>
      post(
        `/users/${id}/password`,
        password === null ? {} : { password },
        trusted<{ readonly password: string | null }>(),
      ),
  });
}
