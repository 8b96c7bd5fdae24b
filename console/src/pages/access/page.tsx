import { useTranslation } from 'react-i18next';
import { PageFrame } from '../../components/page.tsx';
import { useSession } from '../../session/session-context.tsx';
import { Erasures } from './erasures.tsx';
import styles from './page.module.css';
import { RaisedList } from './raised-list.tsx';
import { Reads } from './reads.tsx';

/** Who had more than their role gives, who read what about people, who was erased. */
export function Page() {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <PageFrame title={t('place.access')}>
      <div className={styles.sections}>
        {can('rights.review') && <RaisedList />}
        {can('log.read') && <Reads />}
        {can('personal.erase') && <Erasures />}
      </div>
    </PageFrame>
  );
}
