import { PERMISSIONS, type Permission, permissionsOf } from '@keng/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { onSessionExpired } from '../api/client.ts';
import { useCountry } from '../api/queries.ts';
import { loadSession, logOut, type Session } from '../api/session.ts';
import { setCentreZone } from '../components/centre-time.ts';
import { changeLanguage, rememberedLanguage } from '../i18n.ts';

export interface SessionValue {
  readonly session: Session;
  readonly permissions: ReadonlySet<Permission>;
  /** The log-in ran out while the screen stayed open: actions are locked until somebody logs in again, alarms are not. */
  readonly expired: boolean;
  readonly can: (permission: Permission) => boolean;
  /** The feed was refused: the log-in is gone although nobody pressed anything. */
  readonly expire: () => void;
  readonly renewed: (session: Session) => void;
  readonly leave: () => Promise<void>;
}

const Context = createContext<SessionValue | null>(null);
export const SESSION_KEY = ['session'] as const;

export function useSessionQuery() {
  return useQuery({
    queryKey: SESSION_KEY,
    queryFn: loadSession,
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  });
}

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  const queries = useQueryClient();
  const [expired, setExpired] = useState(session.expired);
  useEffect(() => onSessionExpired(() => setExpired(true)), []);
  useEffect(() => {
    const own = session.user.language;
    if (own && rememberedLanguage() === null) void changeLanguage(own, false);
  }, [session.user.language]);

  const { data: pack } = useCountry();
  const timeZone = pack?.country?.timeZone;
  useEffect(() => {
    if (timeZone !== undefined) setCentreZone(timeZone);
  }, [timeZone]);

  const value = useMemo<SessionValue>(() => {
    const permissions = permissionsNow(session);
    return {
      session,
      permissions,
      expired,
      can: (permission) => permissions.has(permission),
      expire: () => setExpired(true),
      renewed: (next) => {
        queries.setQueryData(SESSION_KEY, next);
        setExpired(false);
      },
      leave: async () => {
        await logOut();
        // The session's own query stays: whoever shows the log-in watches it.
        queries.setQueryData(SESSION_KEY, null);
        queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
      },
    };
  }, [session, expired, queries]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** What the centre says this session may do; raised rights are among it. */
function permissionsNow({ user }: Session): ReadonlySet<Permission> {
  if (user.permissions === undefined) return permissionsOf(user.roles);
  const given = new Set(user.permissions);
  return new Set(PERMISSIONS.filter((one) => given.has(one)));
}

/** Whether the log-in of this screen has run out; a page without one has none that could. */
export const useExpired = (): boolean => useContext(Context)?.expired ?? false;

/** The person at this screen. Only inside the frame: pages without log-in (owner, public) have none. */
export function useSession(): SessionValue {
  const value = useContext(Context);
  if (value === null)
    throw new Error('useSession: this page is shown outside the frame, where nobody is logged in');
  return value;
}
