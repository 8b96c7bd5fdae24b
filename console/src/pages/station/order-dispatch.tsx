import type { IncidentState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { useSourceTitle } from '../../api/country-facts.ts';
import { useNameOf } from '../../api/queries.ts';
import { TimeOfDay } from '../../components/age.tsx';
import styles from './order.module.css';

/** What goes: ordered, proposed and waiting for the desk, or not yet decided. A proposal shows where it comes from. */
export function OrderDispatch({ dispatch }: { readonly dispatch: IncidentState['dispatch'] }) {
  const { t } = useTranslation();
  const nameOf = useNameOf('resourceKinds');
  const titleOf = useSourceTitle();
  const { status, resources, by, at, source, reasons } = dispatch;
  return (
    <div className={styles.dispatch} data-status={status}>
      <p>
        <strong>{t(`order.dispatch-${status}`)}</strong>
        {status === 'confirmed' && by !== null && at !== null && (
          <span>
            {' '}
            {by.name}, <TimeOfDay at={at} />
          </span>
        )}
        {status === 'proposed' && <span> {reasons.map((one) => t(`reason.${one}`)).join(' · ')}</span>}
      </p>
      {resources.length > 0 && (
        <ul className={styles.resources}>
          {resources.map(({ type, count }) => (
            <li key={type}>
              <strong>{count} ×</strong> {nameOf(type)}
            </li>
          ))}
        </ul>
      )}
      {status === 'proposed' && source !== null && <p className={styles.source}>{titleOf(source)}</p>}
    </div>
  );
}
