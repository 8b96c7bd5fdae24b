import type { IncidentState, StandDown } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { useNameOf } from '../../api/queries.ts';
import { Age } from '../../components/age.tsx';
import { Tag } from '../../components/tag.tsx';
import styles from './order.module.css';
import { OrderActions } from './order-actions.tsx';
import { OrderClocks } from './order-clocks.tsx';
import { OrderDispatch } from './order-dispatch.tsx';
import { OrderPlace } from './order-place.tsx';
import { OrderStandDown } from './order-stand-down.tsx';
import { OrderTrust } from './order-trust.tsx';
import { OrderZones } from './order-zones.tsx';

interface OrderProps {
  readonly incident: IncidentState;
  /** Another station goes in our place; null: we do. */
  readonly standDown: StandDown | null;
  /** Somebody has read the stand-down. */
  readonly onKnown: () => void;
  /** Somebody began to work on it: it stays on the screen. */
  readonly onAct: () => void;
}

/** One order, from the top: where, what, how sure, what is ordered; what to press; and the building beside it. */
export function Order({ incident, standDown, onAct, onKnown }: OrderProps) {
  const { t } = useTranslation();
  const nameOf = useNameOf('categories');
  const { facility } = incident;
  return (
    <div
      className={styles.order}
      data-accepted={incident.stationAccepted !== null}
      data-stood-down={standDown !== null}
    >
      <article className={styles.what} aria-labelledby="order-name">
        <p className={styles.line}>
          <strong>{t('order.order', { number: incident.number })}</strong>
          <Age at={incident.openedAt} />
          <Tag>{nameOf(facility.category)}</Tag>
          {facility.synthetic && <Tag>{t('order.synthetic')}</Tag>}
        </p>
        <h2 id="order-name" className={styles.name}>
          {facility.name}
        </h2>
        <p className={styles.address}>{facility.address}</p>
        <OrderZones zones={incident.zones} />
        <OrderTrust incident={incident} />
        {standDown === null && <OrderDispatch dispatch={incident.dispatch} />}
      </article>
      <div className={styles.act}>
        {standDown === null ? (
          <>
            <OrderClocks incident={incident} />
            <OrderActions incident={incident} onAct={onAct} />
          </>
        ) : (
          <OrderStandDown standDown={standDown} onKnown={onKnown} />
        )}
      </div>
      <aside className={styles.place} aria-label={t('order.building')}>
        <OrderPlace incident={incident} />
      </aside>
    </div>
  );
}
