import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Mark } from '../frame/mark.tsx';
import { PreferencesMenu } from '../frame/preferences-menu.tsx';
import { LoginForm } from './login-form.tsx';
import styles from './login-page.module.css';
import { SESSION_KEY } from './session-context.tsx';

export function LoginPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <main className={styles.page}>
      <div className={styles.corner}>
        <PreferencesMenu />
      </div>
      <section className={styles.card} aria-labelledby="login-title">
        <Mark size={48} />
        <h1 id="login-title" className={styles.title}>
          {t('app.name')}
        </h1>
        <p className={styles.subtitle}>{t('app.subtitle')}</p>
        <LoginForm onOpened={(session) => queries.setQueryData(SESSION_KEY, session)} />
      </section>
    </main>
  );
}
