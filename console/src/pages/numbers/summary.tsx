import type { Numbers } from '@keng/model';
import { useTranslation } from 'react-i18next';
import type { NumbersFilter } from '../../api/numbers.ts';
import { BehindLink, CsvLink } from './behind-link.tsx';
import styles from './page.module.css';
import { percentOf } from './standard-share.ts';

/** The few numbers that stand for the rest. */
export function Summary({ numbers, filter }: { readonly numbers: Numbers; readonly filter: NumbersFilter }) {
  const { t } = useTranslation();
  const of = (outcome: string) =>
    numbers.alarms.outcomes.find((one) => one.outcome === outcome)?.incidents ?? 0;
  const all = numbers.alarms.outcomes.reduce((sum, one) => sum + one.incidents, 0);
  const share = percentOf(of('false'), of('false') + of('fire'));
  const cards = [
    { key: 'all', name: t('numbers.alarms'), value: all, behind: {}, under: null },
    {
      key: 'false',
      name: t('outcome.false'),
      value: of('false'),
      behind: { outcome: 'false' },
      under: share === null ? null : t('numbers.false-share', { percent: share }),
    },
    { key: 'fire', name: t('outcome.fire'), value: of('fire'), behind: { outcome: 'fire' }, under: null },
    { key: 'drill', name: t('outcome.drill'), value: of('drill'), behind: { outcome: 'drill' }, under: null },
  ];
  return (
    <section className={styles.cards} aria-label={t('numbers.summary')}>
      {cards.map(({ key, name, value, behind, under }) => (
        <div key={key} className={styles.card}>
          <span className={styles.cardName}>{name}</span>
          <strong>
            <BehindLink filter={filter} behind={behind} label={name}>
              {value}
            </BehindLink>
          </strong>
          <small>{under}</small>
        </div>
      ))}
      <div className={styles.card}>
        <span className={styles.cardName}>{t('numbers.open')}</span>
        <strong>{of('')}</strong>
        <small />
      </div>
      <div className={styles.card}>
        <span className={styles.cardName}>{t('numbers.links-lost')}</span>
        <strong>
          <BehindLink filter={filter} of="links" behind={{}} label={t('numbers.links-lost')}>
            {numbers.links.lost}
          </BehindLink>
        </strong>
        <small>
          <CsvLink filter={filter} table="outcomes" />
        </small>
      </div>
    </section>
  );
}
