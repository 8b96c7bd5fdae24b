import type { IncidentState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Age } from '../../components/age.tsx';
import styles from './order.module.css';

/** How sure it is: what confirms it, and what the people of the building said, each by name. */
export function OrderTrust({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const { confidence, confirmations, owner } = incident;
  const fire = owner.answer === 'real' || owner.answer === 'contradictory';
  return (
    <div className={styles.trust}>
      <p data-tone={confidence === 'confirmed' ? 'fire' : 'plain'}>
        <strong>{t(`order.confidence-${confidence}`)}</strong>
        {confirmations.length > 0 && (
          <span> {confirmations.map((one) => t(`reason.${one}`)).join(' · ')}</span>
        )}
      </p>
      <p data-tone={fire ? 'fire' : 'plain'}>
        <strong>{t(`order.owner-${owner.answer}`)}</strong>
        {owner.answers.map((one) => (
          <span key={`${one.name} ${one.at}`} className={styles.said}>
            {one.name}: {t(`answer.${one.answer}`)}, <Age at={one.at} />
          </span>
        ))}
      </p>
    </div>
  );
}
