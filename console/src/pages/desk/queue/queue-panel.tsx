import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Arrivals } from '../../../frame/arrivals.tsx';
import { useLive } from '../../../live/live-context.tsx';
import type { QueueFilter } from '../../../worker/messages.ts';
import { QueueList } from './queue-list.tsx';
import styles from './queue-panel.module.css';
import { RefusedList } from './refused-list.tsx';
import { SilentDesks } from './silent-desks.tsx';
import { SoundingBar } from './sounding-bar.tsx';
import { WorksList } from './works-list.tsx';

const TABS = ['open', 'refused', 'muted', 'closed'] as const;
type Tab = (typeof TABS)[number];
const FILTERS: readonly QueueFilter[] = ['all', 'unaccepted', 'mine', 'shelved'];

export function QueuePanel() {
  const { t } = useTranslation();
  const counts = useLive('counts');
  const [tab, setTab] = useState<Tab>('open');
  const [filter, setFilter] = useState<QueueFilter>('all');
  const amount = {
    all: counts.open - counts.shelved,
    unaccepted: counts.unaccepted,
    mine: counts.mine,
    shelved: counts.shelved,
  };
  return (
    <>
      <SilentDesks />
      <div className={styles.tabs} role="tablist" aria-label={t('queue.lists')}>
        {TABS.map((one) => (
          <button key={one} type="button" role="tab" aria-selected={tab === one} onClick={() => setTab(one)}>
            {t(`queue.tab-${one}`)}
            <span className={styles.count}>{counts[one]}</span>
          </button>
        ))}
      </div>
      {tab === 'open' && (
        <div className={styles.filters}>
          {FILTERS.map((one) => (
            <button key={one} type="button" aria-pressed={filter === one} onClick={() => setFilter(one)}>
              {t(`queue.filter-${one}`)} <b>{counts.complete || one === 'all' ? amount[one] : '…'}</b>
            </button>
          ))}
        </div>
      )}
      <SoundingBar />
      {tab === 'open' && <Arrivals />}
      {tab === 'open' && <QueueList key={filter} list="open" filter={filter} />}
      {tab === 'closed' && <QueueList key="closed" list="closed" filter="all" />}
      {tab === 'refused' && <RefusedList />}
      {tab === 'muted' && <WorksList />}
    </>
  );
}
