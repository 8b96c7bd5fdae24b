import type { IncidentId } from '@keng/model';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Age } from '../../../components/age.tsx';
import { clockView } from '../../../components/clock-view.ts';
import { clockFace } from '../../../components/duration.ts';
import { useNow } from '../../../components/now.ts';
import { Tag } from '../../../components/tag.tsx';
import type { QueueRow, RowClock } from '../../../worker/queue-row.ts';
import styles from './queue-row.module.css';
import { rowTags } from './row-tags.ts';

interface QueueRowProps {
  readonly row: QueueRow;
  readonly selected: boolean;
  readonly onOpen: (id: IncidentId) => void;
}

export const QueueRowView = memo(function QueueRowView({ row, selected, onOpen }: QueueRowProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={styles.row}
      data-band={row.band}
      data-incident={row.number}
      aria-current={selected}
      onClick={() => onOpen(row.id)}
    >
      <span className={styles.head}>
        <span className={styles.number}>{row.number}</span>
        <span className={styles.name}>{row.name}</span>
        <span className={styles.age}>
          <Age at={row.closedAt ?? row.openedAt} />
        </span>
      </span>
      <span className={styles.head}>
        <span className={styles.place}>{row.address}</span>
        {row.band !== 'closed' && <RowClocks clocks={row.clocks} />}
      </span>
      <span className={styles.foot}>
        <span className={styles.tags}>
          {rowTags(row).map((tag) => (
            <Tag key={tag.key} tone={tag.tone}>
              {t(tag.key)}
            </Tag>
          ))}
          <span className={styles.zone}>
            {row.zone}
            {row.moreZones > 0 && ` ${t('queue.more-zones', { count: row.moreZones })}`}
            {row.signals > 1 && ` ×${row.signals}`}
          </span>
        </span>
        {row.claimedBy !== null && row.band !== 'closed' && (
          <span className={styles.claimed} title={t('queue.claimed-by', { name: row.claimedBy })}>
            {row.claimedBy}
          </span>
        )}
      </span>
    </button>
  );
});

function RowClocks({ clocks }: { readonly clocks: readonly RowClock[] }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <span className={styles.clocks}>
      {clocks
        .filter((clock) => !clock.stopped)
        .map((clock) => {
          const { phase, seconds } = clockView(clock, now);
          const face = `${phase === 'late' ? '+' : ''}${clockFace(seconds)}`;
          return (
            <span
              key={clock.name}
              className={styles.clock}
              data-phase={phase}
              title={`${t(`clock.${clock.name}`)}: ${t(`clock.${phase}`)}`}
            >
              <span className={styles.clockName}>{t(`clock.${clock.name}-short`)}</span> {face}
            </span>
          );
        })}
    </span>
  );
}
