import type { StandDown } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { useOrganisationName } from '../../api/queries.ts';
import { TimeOfDay } from '../../components/age.tsx';
import { KeyHint } from '../../components/key-hint.tsx';
import { useShortcuts } from '../../components/use-shortcuts.ts';
import styles from './order.module.css';

interface OrderStandDownProps {
  readonly standDown: StandDown;
  readonly onKnown: () => void;
}

/** Instead of the buttons: another station goes. What is done here is no business of the centre any more. */
export function OrderStandDown({ standDown, onKnown }: OrderStandDownProps) {
  const { t } = useTranslation();
  const nameOf = useOrganisationName();
  const { by, replacedBy, at } = standDown;
  useShortcuts({ Enter: onKnown });
  return (
    <div className={styles.standDown} role="alert" data-testid="stood-down">
      <strong className={styles.standDownWord}>{t('order.stood-down')}</strong>
      <p>
        {t('order.stood-down-by', { name: by.name, station: nameOf(replacedBy) })} <TimeOfDay at={at} />
      </p>
      <p>{t('order.stood-down-help')}</p>
      <button type="button" className={styles.known} onClick={onKnown}>
        {t('order.stood-down-seen')} <KeyHint of="Enter" />
      </button>
    </div>
  );
}
