import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useOrganisationName } from '../api/queries.ts';
import { useTimeFormat } from '../components/centre-time.ts';
import { useNow } from '../components/now.ts';
import { useLive } from '../live/live-context.tsx';
import { OwnPasswordDialog } from '../session/own-password-dialog.tsx';
import { RaiseDialog } from '../session/raise-dialog.tsx';
import { useSession } from '../session/session-context.tsx';
import styles from './header.module.css';
import { Mark } from './mark.tsx';
import { placesFor } from './navigation.ts';
import { NavigationBar } from './navigation-bar.tsx';
import { PreferencesItems } from './preferences-menu.tsx';
import { ShiftBadge } from './shift-badge.tsx';

export function Header() {
  const { t } = useTranslation();
  const { permissions, can } = useSession();
  return (
    <header className={styles.header}>
      <Link href="/" className={styles.brand} aria-label={t('app.name')}>
        <Mark size={24} />
        <span>{t('app.name')}</span>
      </Link>
      <NavigationBar places={placesFor(permissions)} />
      {can('desk.read') && <LinkStatus />}
      {can('shift.read') && <ShiftBadge />}
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
  const { time, full } = useTimeFormat();
  const now = new Date(useNow());
  return (
    <time className={styles.clock} dateTime={now.toISOString()} title={full(now)}>
      {time(now)}
    </time>
  );
}

function PersonMenu() {
  const { t } = useTranslation();
  const { session, leave, can } = useSession();
  const nameOf = useOrganisationName();
  const [changing, setChanging] = useState(false);
  const [raising, setRaising] = useState(false);
  const { user } = session;
  return (
    <>
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
          <Menu.Item component={Link} href="/account">
            {t('account.title')}
          </Menu.Item>
          {(can('rights.review') || can('personal.erase')) && (
            <Menu.Item component={Link} href="/access">
              {t('place.access')}
            </Menu.Item>
          )}
          {can('rights.raise') && !user.raised && (
            <Menu.Item color="red" onClick={() => setRaising(true)}>
              {t('rights.raise')}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => setChanging(true)}>{t('own-password.change')}</Menu.Item>
          <Menu.Item onClick={() => void leave()}>{t('login.leave')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RaiseDialog opened={raising} onClose={() => setRaising(false)} />
      <OwnPasswordDialog opened={changing} onClose={() => setChanging(false)} />
    </>
  );
}
