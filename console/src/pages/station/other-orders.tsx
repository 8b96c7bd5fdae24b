import type { IncidentId } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Age } from '../../components/age.tsx';
import { KeyHint } from '../../components/key-hint.tsx';
import type { QueueRow } from '../../worker/queue-row.ts';
import styles from './page.module.css';
import type { StationOrders } from './station-orders.ts';

interface OtherOrdersProps {
  readonly orders: StationOrders;
  readonly onPick: (id: IncidentId) => void;
}

/** What else there is: first what nobody has accepted, loudly; then what is under way. */
export function OtherOrders({ orders, onPick }: OtherOrdersProps) {
  const { t } = useTranslation();
  const { waiting, working, stoodDown } = orders;
  if (waiting.length + working.length + stoodDown.length === 0) return null;
  return (
    <nav className={styles.others} aria-label={t('order.others')}>
      {waiting.length > 0 && (
        <p className={styles.othersWord} role="alert">
          {t('order.waiting', { count: waiting.length })} <KeyHint of="N" />
        </p>
      )}
      <ul>
        {waiting.map((row) => (
          <OtherOrder key={row.id} row={row} loud word={t('order.not-accepted')} onPick={onPick} />
        ))}
        {stoodDown.map((row) => (
          <OtherOrder key={row.id} row={row} loud={false} word={t('order.stood-down')} onPick={onPick} />
        ))}
        {working.map((row) => (
          <OtherOrder key={row.id} row={row} loud={false} word={t('order.under-way')} onPick={onPick} />
        ))}
      </ul>
    </nav>
  );
}

interface OtherOrderProps {
  readonly row: QueueRow;
  readonly loud: boolean;
  /** How it stands. */
  readonly word: string;
  readonly onPick: (id: IncidentId) => void;
}

function OtherOrder({ row, loud, word, onPick }: OtherOrderProps) {
  return (
    <li>
      <button type="button" className={styles.other} data-loud={loud} onClick={() => onPick(row.id)}>
        <span className={styles.otherNumber}>{row.number}</span>
        <span className={styles.otherName}>{row.name}</span>
        <span className={styles.otherState}>
          {word} · <Age at={row.openedAt} />
        </span>
      </button>
    </li>
  );
}
