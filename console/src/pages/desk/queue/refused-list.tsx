import type { LogEntry } from '@keng/model';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { Age } from '../../../components/age.tsx';
import { Empty } from '../../../components/async-state.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useLive } from '../../../live/live-context.tsx';
import styles from './queue-panel.module.css';

/** Refused means unacknowledged, never hidden: a fire frame from an unknown account may be a building nobody registered. */
export function RefusedList() {
  const { t } = useTranslation();
  const { refused } = useLive('lists');
  return (
    <div className={styles.plainList}>
      <p className={styles.note}>{t('refused.help')}</p>
      {refused.length === 0 && <Empty title={t('refused.empty')} />}
      {refused.map((entry) => (
        <RefusedSignal key={entry.position} entry={entry} />
      ))}
    </div>
  );
}

function RefusedSignal({ entry }: { readonly entry: LogEntry<'signal.refused'> }) {
  const { t } = useTranslation();
  const { account, protocol, reason, remote, events, suppressed } = entry.body;
  const reasonKey = `refused.reason-${reason.replaceAll('.', '-')}`;
  return (
    <article className={styles.item}>
      <div className={styles.itemHead}>
        <span>{t('refused.account', { account })}</span>
        <span className="k-dim">
          <Age at={entry.at} />
        </span>
      </div>
      <span>
        {events
          .map((event) => `${event.code}${event.zone === null ? '' : ` · ${t('zone.zone')} ${event.zone}`}`)
          .join(', ')}
      </span>
      <span className="k-dim">
        {protocol} · {remote}
      </span>
      <span>
        <Tag tone="warn">{i18next.exists(reasonKey) ? t(reasonKey) : reason}</Tag>{' '}
        {suppressed > 0 && <Tag>{t('refused.suppressed', { count: suppressed })}</Tag>}
      </span>
    </article>
  );
}
