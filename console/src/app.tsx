import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Route, Switch } from 'wouter';
import { Failed, Loading } from './components/async-state.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { Frame } from './frame/frame.tsx';
import { OWNER_PAGE } from './routes.tsx';
import { KeyMissingPage } from './session/key-missing-page.tsx';
import { LoginPage } from './session/login-page.tsx';
import { SESSION_KEY, SessionProvider, useSessionQuery } from './session/session-context.tsx';
import { TemporaryPasswordPage } from './session/temporary-password-page.tsx';
import { colorSchemeManager, theme } from './theme.ts';

const queries = new QueryClient({
  defaultOptions: {
    // What the live feed does not carry is asked again when somebody comes back to it; an error is shown, not retried for minutes.
    queries: { networkMode: 'always', retry: 1, staleTime: 15_000, refetchOnWindowFocus: true },
    // Never kept back for when the browser thinks that there is a line again: what was pressed then comes to nobody's surprise later.
    mutations: { networkMode: 'always', retry: false },
  },
});

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="dark" colorSchemeManager={colorSchemeManager}>
      <ErrorBoundary>
        <QueryClientProvider client={queries}>
          <Switch>
            {OWNER_PAGE && (
              <Route path="/owner/:token">{(params) => <OwnerPage token={params.token} />}</Route>
            )}
            <Route>
              <SignedOn />
            </Route>
          </Switch>
        </QueryClientProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}

function OwnerPage({ token }: { readonly token: string }) {
  if (OWNER_PAGE === null) return null;
  return <OWNER_PAGE params={{ token }} />;
}

function SignedOn() {
  const query = useSessionQuery();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<string | null>(null);
  if (query.isPending) return <Loading />;
  if (query.data === undefined) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === null) {
    return (
      <LoginPage
        onOpened={(session, password) => {
          setTyped(session.passwordTemporary ? password : null);
          queries.setQueryData(SESSION_KEY, session);
        }}
      />
    );
  }
  if (query.data.passwordTemporary) return <TemporaryPasswordPage session={query.data} current={typed} />;
  if (query.data.pending === 'passkey') return <KeyMissingPage session={query.data} />;
  return (
    <SessionProvider session={query.data}>
      <Frame />
    </SessionProvider>
  );
}
