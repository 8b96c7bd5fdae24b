import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { logOut, type Session } from '../api/session.ts';
import { Mark } from '../frame/mark.tsx';
import { PreferencesMenu } from '../frame/preferences-menu.tsx';
import { KeyForm } from './key-form.tsx';
import styles from './login-page.module.css';
import { SESSION_KEY } from './session-context.tsx';

/** The role asks for a key and there is none yet: it is registered before anything else. */
export function KeyMissingPage({ session }: { readonly session: Session }) {
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
      <section className={styles.card} aria-labelledby="key-title">
        <Mark size={48} />
        <h1 id="key-title" className={styles.title}>
          {t('account.missing-title')}
        </h1>
        <p className={styles.subtitle}>{t('account.missing-why', { login: session.user.login })}</p>
        <KeyForm onDone={() => void queries.invalidateQueries({ queryKey: SESSION_KEY })} />
        <Button variant="subtle" color="gray" h={44} mt="sm" fullWidth onClick={() => void leave()}>
          {t('login.leave')}
        </Button>
      </section>
    </main>
  );
}
