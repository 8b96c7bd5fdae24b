import { useTranslation } from 'react-i18next';
import { useAccount, useEndOwnSession } from '../../api/account.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { PageFrame, Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { OwnPasswordForm } from '../../session/own-password-form.tsx';
import { useSession } from '../../session/session-context.tsx';
import { SessionTable } from '../../session/session-table.tsx';
import { OwnKeys } from './own-keys.tsx';
import styles from './page.module.css';

/** One's own ways in: password, keys, and where one is logged in. */
export function Page() {
  const { t } = useTranslation();
  const { session, renewed } = useSession();
  const query = useAccount();
  const ending = useEndOwnSession();
  return (
    <PageFrame title={t('account.title')} beside={session.user.login}>
      <AsyncState query={query}>
        {(account) => (
          <div className={styles.sections}>
            <OwnKeys account={account} />
            <Section title={t('account.sessions')} flush>
              <ProblemNote error={ending.error} />
              <SessionTable
                rows={account.sessions}
                onEnd={(id) => ending.mutate(id)}
                ending={ending.isPending}
              />
            </Section>
            <Section title={t('own-password.change')} className={styles.narrow}>
              <OwnPasswordForm
                login={session.user.login}
                current={null}
                onChanged={(next) => {
                  renewed(next);
                  void query.refetch();
                }}
              />
            </Section>
          </div>
        )}
      </AsyncState>
    </PageFrame>
  );
}
