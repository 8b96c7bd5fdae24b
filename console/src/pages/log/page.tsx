import { useTranslation } from 'react-i18next';
import { PageFrame } from '../../components/page.tsx';
import { useSession } from '../../session/session-context.tsx';
import { LogEntries } from './log-entries.tsx';
import styles from './page.module.css';
import { VerifyLog } from './verify-log.tsx';

/** The record, for who audits it. Reading it is itself an entry. */
export function Page() {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <PageFrame title={t('place.log')} beside={t('log.help')}>
      <div className={styles.parts}>
        {can('log.verify') && <VerifyLog />}
        <LogEntries />
      </div>
    </PageFrame>
  );
}
