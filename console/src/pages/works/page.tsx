import type { WorksItem } from '@keng/model';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useEndedWorks, useWorks } from '../../api/works.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { PageFrame } from '../../components/page.tsx';
import styles from './works.module.css';
import { WorksCard } from './works-card.tsx';

/** Folded until somebody asks: what is over mutes nothing. */
function History() {
  const { t } = useTranslation();
  const [opened, open] = useState(false);
  const query = useEndedWorks(opened);
  return (
    <details className={styles.history} onToggle={(event) => open(event.currentTarget.open)}>
      <summary>{t('works-page.history')}</summary>
      {opened && (
        <AsyncState
          query={query}
          isEmpty={({ pages }) => pages[0]?.works.length === 0}
          empty={<Empty title={t('works-page.history-none')} />}
        >
          {({ pages }) => {
            const works = pages.flatMap((page) => page.works);
            return (
              <>
                <ul className={styles.list}>
                  {works.map((one) => (
                    <AnyWorks key={one.id} works={one} />
                  ))}
                </ul>
                <LoadMore query={query} shown={works.length} />
              </>
            );
          }}
        </AsyncState>
      )}
    </details>
  );
}

/** All planned works: what has not ended, and below what is over. New ones are planned on the page of their facility. */
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
      <History />
    </PageFrame>
  );
}

function AnyWorks({ works }: { readonly works: WorksItem }) {
  return (
    <li className={styles.item}>
      <h2 className={styles.facility}>
        <Link href={`/facilities/${works.facilityId}`}>{works.facilityName}</Link>
        <span className="k-dim">{works.facilityAddress}</span>
      </h2>
      <WorksCard works={works} />
    </li>
  );
}
