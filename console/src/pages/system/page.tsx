import { useTranslation } from 'react-i18next';
import { useHealth } from '../../api/record.ts';
import { Age } from '../../components/age.tsx';
import { AsyncState } from '../../components/async-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { PageFrame, Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import { useSession } from '../../session/session-context.tsx';
import { Outbox } from './outbox.tsx';
import styles from './page.module.css';
import { Probes } from './probes.tsx';
import { SetAside } from './set-aside.tsx';

/** How the centre itself is: does it store, what broke a handler, what waits to be told to whom. */
export function Page() {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <PageFrame title={t('place.system')}>
      <div className={styles.parts}>
        <Storage />
        {can('desk.read') && <Probes />}
        <SetAside />
        <Outbox />
      </div>
    </PageFrame>
  );
}

function Storage() {
  const { t } = useTranslation();
  const query = useHealth();
  return (
    <Section title={t('system.storage')}>
      <AsyncState query={query}>
        {(health) => (
          <Facts
            of={[
              [
                t('system.state'),
                <span key="state">
                  <Tag tone={health.storage === 'ok' ? 'good' : 'fire'}>
                    {t(`system.storage-${health.storage}`)}
                  </Tag>{' '}
                  {health.since !== null && <Age at={health.since} />}
                </span>,
              ],
              [t('system.position'), health.position],
              [t('system.looked'), <Age key="looked" at={query.dataUpdatedAt} />],
            ]}
          />
        )}
      </AsyncState>
    </Section>
  );
}
