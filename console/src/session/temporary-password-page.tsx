import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { logOut, type Session } from '../api/session.ts';
import { Mark } from '../frame/mark.tsx';
import { PreferencesMenu } from '../frame/preferences-menu.tsx';
import styles from './login-page.module.css';
import { OwnPasswordForm } from './own-password-form.tsx';
import { SESSION_KEY } from './session-context.tsx';

interface TemporaryPasswordPageProps {
  readonly session: Session;
  /** What was typed at the log-in a moment ago, so that it need not be typed again; null after a reload. */
  readonly current: string | null;
}

/** Somebody else knows this password: before anything else its owner chooses one that nobody knows. */
export function TemporaryPasswordPage({ session, current }: TemporaryPasswordPageProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const leave = async () => {
    await logOut();
    queries.setQueryData(SESSION_KEY, null);
  };
  return (
    <main className={styles.page}>
      <div className={styles.corner}>
        <PreferencesMenu />
      </div>
      <section className={styles.card} aria-labelledby="password-title">
        <Mark size={48} />
        <h1 id="password-title" className={styles.title}>
          {t('own-password.title')}
        </h1>
        <p className={styles.subtitle}>{t('own-password.why', { login: session.user.login })}</p>
        <OwnPasswordForm
          login={session.user.login}
          current={current}
          onChanged={(changed) => queries.setQueryData(SESSION_KEY, changed)}
        />
        <Button variant="subtle" color="gray" h={44} mt="sm" fullWidth onClick={() => void leave()}>
          {t('login.leave')}
        </Button>
      </section>
    </main>
  );
}
