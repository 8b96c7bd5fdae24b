import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type MyWorks, useMyWorks } from '../../api/mine.ts';
import { Age } from '../../components/age.tsx';
import { AsyncState } from '../../components/async-state.tsx';
import { useNow } from '../../components/now.ts';
import { Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import { When } from '../../components/when.tsx';
import { EndTest } from '../facility/safety/end-test.tsx';
import { worksPhase } from '../works/works-phase.ts';
import styles from './page.module.css';

interface MyWorksListProps {
  readonly query: UseQueryResult<readonly MyWorks[]>;
  /** For the names of facilities. */
  readonly devices: readonly { readonly facilityId: string; readonly facilityName: string }[];
}

/** What is silent because of works, since a registered contact confirmed it, and until when. */
export function MyWorksList({ query, devices }: MyWorksListProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('place.works')} flush>
      <AsyncState
        query={query}
        isEmpty={(works) => works.length === 0}
        empty={<p className={styles.nothing}>{t('works-page.none')}</p>}
      >
        {(works) => (
          <ul className={styles.works}>
            {works.map((one) => (
              <Works
                key={one.id}
                works={one}
                facility={devices.find((device) => device.facilityId === one.facilityId)?.facilityName ?? ''}
              />
            ))}
          </ul>
        )}
      </AsyncState>
    </Section>
  );
}

/** On the page of one facility. */
export function MyFacilityWorks({
  facility,
}: {
  readonly facility: { readonly id: string; readonly name: string };
}) {
  const query = useMyWorks((works) => works.filter((one) => one.facilityId === facility.id));
  return <MyWorksList query={query} devices={[{ facilityId: facility.id, facilityName: facility.name }]} />;
}

const TONES = { 'not-confirmed': 'warn', 'to-come': 'plain', silent: 'accent', over: 'plain' } as const;

function Works({ works, facility }: { readonly works: MyWorks; readonly facility: string }) {
  const { t } = useTranslation();
  const phase = worksPhase({ ...works, ended: null }, useNow());
  return (
    <li>
      <p className={styles.state}>
        <Tag tone={TONES[phase]}>{t(`works-page.phase-${phase}`)}</Tag>
        <span>
          <When at={works.from} /> – <When at={works.until} />
        </span>
        {works.mutedSignals > 0 && (
          <Tag tone="warn">{t('works-list.muted', { count: works.mutedSignals })}</Tag>
        )}
      </p>
      <strong>
        {works.purpose === 'test' && <Tag tone="accent">{t('portal.test-mode')}</Tag>} {works.reason}
      </strong>
      <span className="k-dim">
        {facility} · {t('works-list.zones', { zones: works.zones.join(', ') })}
        {works.requestedBy !== null && ` · ${t('works-page.asked-by', { name: works.requestedBy })}`}
      </span>
      {works.calledBack !== null && (
        <span className="k-dim">
          {t('mine.called-back', { contact: works.calledBack.contactName })} <Age at={works.calledBack.at} />
        </span>
      )}
      {works.purpose === 'test' && phase !== 'over' && <EndTest works={works} />}
    </li>
  );
}
