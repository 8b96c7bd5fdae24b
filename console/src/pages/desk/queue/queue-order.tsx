import { useTranslation } from 'react-i18next';
import styles from './queue-panel.module.css';

interface QueueOrderProps {
  readonly list: 'open' | 'closed';
  /** So many rows wait above because the order is held; null: it is not held. */
  readonly above: number | null;
  readonly onGo: () => void;
}

/** What the order of the list is, and what it would be if nobody were about to click into it. */
export function QueueOrder({ list, above, onGo }: QueueOrderProps) {
  const { t } = useTranslation();
  const waiting = above !== null && above > 0;
  return (
    <div className={styles.order} data-waiting={waiting} data-held={above !== null} data-testid="queue-order">
      <span>{t(above === null ? `queue.order-${list}` : 'queue.order-held')}</span>
      <span role="status">
        {waiting && (
          <button type="button" onClick={onGo}>
            {t('queue.new-above', { count: above })}
          </button>
        )}
      </span>
    </div>
  );
}
