import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Session } from '../api/session.ts';
import { GatePage, LeaveButton } from './gate-page.tsx';
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
  return (
    <GatePage title={t('own-password.title')} subtitle={t('own-password.why', { login: session.user.login })}>
      <OwnPasswordForm
        login={session.user.login}
        current={current}
        onChanged={(changed) => queries.setQueryData(SESSION_KEY, changed)}
      />
      <LeaveButton />
    </GatePage>
  );
}
