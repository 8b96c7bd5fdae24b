import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useOrganisationName } from '../api/queries.ts';
import { useNow } from '../components/now.ts';
import { useLive } from '../live/live-context.tsx';
import { useSession } from '../session/session-context.tsx';
import styles from './frame.module.css';
import { Mark } from './mark.tsx';
import { placesFor } from './navigation.ts';
import { PreferencesItems } from './preferences-menu.tsx';

export function Header() {
  const { t } = useTranslation();
  const { permissions, can } = useSession();
  const [location] = useLocation();
  return (
    <header className={styles.header}>
      <Link href="/" className={styles.brand} aria-label={t('app.name')}>
        <Mark size={24} />
        <span>{t('app.name')}</span>
      </Link>
      <nav className={styles.nav} aria-label={t('place.navigation')}>
        {placesFor(permissions).map((place) => (
          <Link
            key={place.path}
            href={place.path}
            className={styles.link}
            aria-current={location.startsWith(place.path) ? 'page' : undefined}
          >
            {t(place.name)}
          </Link>
        ))}
      </nav>
      {can('desk.read') && <LinkStatus />}
      <WallClock />
      <PersonMenu />
    </header>
  );
}

function LinkStatus() {
  const { t } = useTranslation();
  const { status } = useLive('link');
  return (
    <span className={styles.status}>
      <span className={styles.dot} data-status={status} />
      <span>{t(`link.${status}`)}</span>
    </span>
  );
}

function WallClock() {
  const { i18n } = useTranslation();
  const now = new Date(useNow());
  return (
    <time className={styles.clock} dateTime={now.toISOString()}>
      {now.toLocaleTimeString(i18n.language, { hour12: false })}
    </time>
  );
}

function PersonMenu() {
  const { t } = useTranslation();
  const { session, leave } = useSession();
  const nameOf = useOrganisationName();
  const { user } = session;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="subtle" color="gray" h={44} px="sm">
          <span className={styles.person}>{user.name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.roles.map((role) => t(`role.${role}`)).join(', ')}
          {user.organisation !== null && ` · ${nameOf(user.organisation)}`}
        </Menu.Label>
        <Menu.Divider />
        <PreferencesItems />
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>{t('login.leave')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
