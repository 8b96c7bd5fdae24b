import type { Numbers } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { useNumbers } from '../../api/numbers.ts';
import { Age } from '../../components/age.tsx';
import { AsyncState } from '../../components/async-state.tsx';
import { PageFrame } from '../../components/page.tsx';
import { addressOf, type Shown, shownBy } from './address.ts';
import { BehindList } from './behind-list.tsx';
import { DayBars } from './day-bars.tsx';
import { FalseAlarms } from './false-alarms.tsx';
import { LostLinks } from './lost-links.tsx';
import { NumbersFilters } from './numbers-filters.tsx';
import styles from './page.module.css';
import { Summary } from './summary.tsx';
import { TimesTable } from './times-table.tsx';

/** False alarms, times beside their standards, lost links; each number opens the list behind it. */
export function Page() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const shown = shownBy(address);
  const query = useNumbers(shown.filter);
  const show = (next: Shown) => setAddress(addressOf(next));
  return (
    <PageFrame title={t('place.numbers')} beside={query.data && <Counted numbers={query.data} />}>
      <NumbersFilters
        filter={shown.filter}
        period={query.data ?? null}
        onChange={(filter) => show({ filter, list: shown.list })}
      />
      {shown.list !== null ? (
        <BehindList filter={shown.filter} list={shown.list} />
      ) : (
        <AsyncState query={query}>
          {(numbers) => (
            <div className={styles.parts} data-old={query.isPlaceholderData}>
              <Summary numbers={numbers} filter={shown.filter} />
              <DayBars numbers={numbers} filter={shown.filter} />
              <FalseAlarms numbers={numbers} filter={shown.filter} />
              <TimesTable times={numbers.times} filter={shown.filter} />
              <LostLinks links={numbers.links} filter={shown.filter} />
            </div>
          )}
        </AsyncState>
      )}
    </PageFrame>
  );
}

/** How old the numbers are: they follow the log, and may be behind it. */
function Counted({ numbers: { counted } }: { readonly numbers: Numbers }) {
  const { t } = useTranslation();
  if (counted.at === null) return t('numbers.not-counted');
  return (
    <span>
      {t('numbers.counted')} <Age at={counted.at} />
      {counted.behind > 0 && ` · ${t('numbers.behind', { count: counted.behind })}`}
    </span>
  );
}
