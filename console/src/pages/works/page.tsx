import type { WorksState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFacility } from '../../api/facilities.ts';
import { useWorks } from '../../api/works.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { PageFrame } from '../../components/page.tsx';
import styles from './works.module.css';
import { WorksCard } from './works-card.tsx';

/** All planned works that have not ended. New ones are planned on the page of their facility. */
export function Page() {
  const { t } = useTranslation();
  const query = useWorks();
  return (
    <PageFrame title={t('place.works')} beside={t('works-page.help')}>
      <AsyncState
        query={query}
        isEmpty={(works) => works.length === 0}
        empty={<Empty title={t('works-page.none')} help={t('works-page.none-help')} />}
      >
        {(works) => (
          <ul className={styles.list}>
            {works.map((one) => (
              <AnyWorks key={one.id} works={one} />
            ))}
          </ul>
        )}
      </AsyncState>
    </PageFrame>
  );
}

function AnyWorks({ works }: { readonly works: WorksState }) {
  const { data } = useFacility(works.facilityId);
  return (
    <li className={styles.item}>
      <h2 className={styles.facility}>
        <Link href={`/facilities/${works.facilityId}`}>{data?.name ?? '…'}</Link>
        <span className="k-dim">{data?.address}</span>
      </h2>
      <WorksCard works={works} facility={data} />
    </li>
  );
}
