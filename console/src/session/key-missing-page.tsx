import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Session } from '../api/session.ts';
import { GatePage, LeaveButton } from './gate-page.tsx';
import { KeyForm } from './key-form.tsx';
import { SESSION_KEY } from './session-context.tsx';

/** The role asks for a key and there is none yet: it is registered before anything else. */
export function KeyMissingPage({ session }: { readonly session: Session }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <GatePage
      title={t('account.missing-title')}
      subtitle={t('account.missing-why', { login: session.user.login })}
    >
      <KeyForm onDone={() => void queries.invalidateQueries({ queryKey: SESSION_KEY })} />
      <LeaveButton />
    </GatePage>
  );
}
