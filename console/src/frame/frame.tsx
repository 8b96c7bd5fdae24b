import type { OrganisationCode, UserId } from '@keng/model';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch } from 'wouter';
import { useOrganisations } from '../api/queries.ts';
import { Empty, NoRight } from '../components/async-state.tsx';
import { ErrorBoundary } from '../components/error-boundary.tsx';
import { LiveProvider } from '../live/live-context.tsx';
import { ROUTES } from '../routes.tsx';
import { ExpiredDialog } from '../session/expired-dialog.tsx';
import { RightsBanner } from '../session/rights-banner.tsx';
import { useSession } from '../session/session-context.tsx';
import { SoundProvider } from '../sound/sound-context.tsx';
import { AbsenceBanner } from './absence-banner.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { deskOf } from './desk-of.ts';
import { ExerciseFrame } from './exercise-frame.tsx';
import styles from './frame.module.css';
import { Header } from './header.tsx';
import { homeOf } from './navigation.ts';
import { RoomBanner } from './room-banner.tsx';
import { SilenceBanner } from './silence-banner.tsx';
import { SoundBanner } from './sound-banner.tsx';
import { StorageBanner } from './storage-banner.tsx';
import { SupervisionBanner } from './supervision-banner.tsx';

/** Everything around a page: who, where, how the line is; the exercise's stripes; the dialog of an expired log-in. */
export function Frame() {
  const { session } = useSession();
  return (
    <ExerciseFrame world={session.world} name={session.worldName ?? null}>
      <WithLiveFeed>
        <div className={styles.frame}>
          <Header />
          <ExpiredDialog />
          <RightsBanner />
          <Banners />
          <div className={styles.page}>
            <ErrorBoundary>
              <Pages />
            </ErrorBoundary>
          </div>
        </div>
      </WithLiveFeed>
    </ExerciseFrame>
  );
}

function WithLiveFeed({ children }: { readonly children: ReactNode }) {
  const { session, can } = useSession();
  const organisations = useOrganisations();
  if (!can('desk.read')) return children;
  const { user } = session;
  const level = deskOf(user, organisations.data ?? []);
  // Ids and codes were checked as text when the session was read; the brand exists for the compiler only.
  const desk = {
    userId: user.id as UserId,
    organisation: user.organisation as OrganisationCode | null,
    level,
  };
  return (
    <LiveProvider desk={desk}>
      <SoundProvider>{children}</SoundProvider>
    </LiveProvider>
  );
}

function Banners() {
  const { can } = useSession();
  if (!can('desk.read')) return null;
  return (
    <>
      <ConnectionBanner />
      <StorageBanner />
      <SupervisionBanner />
      <SoundBanner />
      <RoomBanner />
      <SilenceBanner />
      <AbsenceBanner />
    </>
  );
}

function Pages() {
  const { t } = useTranslation();
  const { permissions } = useSession();
  const home = homeOf(permissions);
  return (
    <Switch>
      {ROUTES.map(({ path, needs, page: Page }) => (
        <Route key={path} path={path}>
          {(params) =>
            needs === null || permissions.has(needs) ? (
              <Page params={params} />
            ) : (
              <main>
                <NoRight permission={needs} />
              </main>
            )
          }
        </Route>
      ))}
      <Route path="/">
        {home === null ? (
          <main>
            <Empty title={t('state.no-place')} help={t('state.no-place-help')} />
          </main>
        ) : (
          <Redirect to={home} />
        )}
      </Route>
      <Route>
        <main>
          <Empty title={t('state.not-found')} help={t('state.not-found-help')} />
        </main>
      </Route>
    </Switch>
  );
}
