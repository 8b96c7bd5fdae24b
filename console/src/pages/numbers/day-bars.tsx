import type { Numbers } from '@keng/model';
import { useTranslation } from 'react-i18next';
import type { NumbersFilter } from '../../api/numbers.ts';
import { Empty } from '../../components/async-state.tsx';
import { dayText } from '../../components/centre-time.ts';
import { Section } from '../../components/page.tsx';
import { CsvLink } from './behind-link.tsx';
import { everyDay } from './every-day.ts';
import styles from './page.module.css';

const HEIGHT = 96;
const WIDTH = 720;

interface DayBarsProps {
  readonly numbers: Pick<Numbers, 'from' | 'to' | 'alarms'>;
  readonly filter: NumbersFilter;
}

/** Alarms of each day, and the false ones of them below in the same bar. The file has the numbers. */
export function DayBars({ numbers, filter }: DayBarsProps) {
  const { t, i18n } = useTranslation();
  const days = everyDay(numbers);
  const written = (day: string): string => dayText(i18n.language, day);
  const most = Math.max(1, ...days.map((one) => one.incidents));
  const step = WIDTH / Math.max(1, days.length);
  const busiest = days.find((one) => one.incidents === most && one.incidents > 0);
  return (
    <Section title={t('numbers.by-day')} actions={<CsvLink filter={filter} table="days" />}>
      {busiest === undefined ? (
        <Empty title={t('numbers.none')} />
      ) : (
        <figure className={styles.figure}>
          <svg
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={t('numbers.by-day-said', {
              days: days.length,
              most: most.toLocaleString(i18n.language),
              day: written(busiest.day),
            })}
            className={styles.bars}
          >
            {days.map(({ day, incidents, false: wrong }, index) => (
              <g key={day}>
                <title>{`${written(day)}: ${incidents} · ${t('outcome.false')} ${wrong}`}</title>
                <rect
                  className={styles.barAll}
                  x={index * step + step * 0.1}
                  width={step * 0.8}
                  y={HEIGHT - (incidents / most) * HEIGHT}
                  height={(incidents / most) * HEIGHT}
                />
                <rect
                  className={styles.barFalse}
                  x={index * step + step * 0.1}
                  width={step * 0.8}
                  y={HEIGHT - (wrong / most) * HEIGHT}
                  height={(wrong / most) * HEIGHT}
                />
              </g>
            ))}
          </svg>
          <figcaption className={styles.caption}>
            <span>{written(numbers.from)}</span>
            <span className={styles.legend}>
              <span>
                <i className={styles.keyAll} /> {t('numbers.alarms')}
              </span>
              <span>
                <i className={styles.keyFalse} /> {t('outcome.false')}
              </span>
              <span>{t('numbers.most-a-day', { most: most.toLocaleString(i18n.language) })}</span>
            </span>
            <span>{written(numbers.to)}</span>
          </figcaption>
        </figure>
      )}
    </Section>
  );
}
