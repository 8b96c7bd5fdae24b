import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { logOut } from '../api/session.ts';
import { Mark } from '../frame/mark.tsx';
import { PreferencesMenu } from '../frame/preferences-menu.tsx';
import styles from './gate-page.module.css';
import { SESSION_KEY } from './session-context.tsx';

interface GatePageProps {
  readonly title: string;
  readonly subtitle: string;
  readonly children: ReactNode;
}

/** The page before the console: the mark, what is asked for, and the form. */
export function GatePage({ title, subtitle, children }: GatePageProps) {
  return (
    <main className={styles.page}>
      <div className={styles.corner}>
        <PreferencesMenu />
      </div>
      <section className={styles.card} aria-labelledby="gate-title">
        <Mark size={48} />
        <h1 id="gate-title" className={styles.title}>
          {title}
        </h1>
        <p className={styles.subtitle}>{subtitle}</p>
        {children}
      </section>
    </main>
  );
}

/** Who is logged in and does not want to, or cannot, give what is asked for. */
export function LeaveButton() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const leave = async () => {
    await logOut();
    queries.setQueryData(SESSION_KEY, null);
  };
  return (
    <Button variant="subtle" color="gray" h={44} mt="sm" fullWidth onClick={() => void leave()}>
      {t('login.leave')}
    </Button>
  );
}
