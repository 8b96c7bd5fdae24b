import { useTranslation } from 'react-i18next';
import { Mark } from '../frame/mark.tsx';
import { PreferencesMenu } from '../frame/preferences-menu.tsx';
import { LoginForm, type LoginFormProps } from './login-form.tsx';
import styles from './login-page.module.css';

export function LoginPage({ onOpened }: Pick<LoginFormProps, 'onOpened'>) {
  const { t } = useTranslation();
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
        <LoginForm onOpened={onOpened} />
      </section>
    </main>
  );
}
