import { useTranslation } from 'react-i18next';
import { GatePage } from './gate-page.tsx';
import { LoginForm, type LoginFormProps } from './login-form.tsx';

export function LoginPage({ onOpened }: Pick<LoginFormProps, 'onOpened'>) {
  const { t } = useTranslation();
  return (
    <GatePage title={t('app.name')} subtitle={t('app.subtitle')}>
      <LoginForm onOpened={onOpened} />
    </GatePage>
  );
}
