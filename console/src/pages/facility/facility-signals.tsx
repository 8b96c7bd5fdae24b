import { useTranslation } from 'react-i18next';
import { type FacilityView, useFacilitySignals } from '../../api/facilities.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { useTimeFormat } from '../../components/centre-time.ts';
import { LoadMore } from '../../components/load-more.tsx';
import { Section } from '../../components/page.tsx';
import styles from './page.module.css';
import { SignalLineView } from './signal-line-view.tsx';
import { signalLines } from './signal-lines.ts';

/** What its transmitters said, newest first: also what was refused, and what works had muted. */
export function FacilitySignals({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const { exact } = useTimeFormat();
  const query = useFacilitySignals(facility.id);
  return (
    <Section title={t('register.signals')} beside={t('register.signals-help')} flush>
      <AsyncState
        query={query}
        isEmpty={({ pages }) => pages[0]?.entries.length === 0}
        empty={<p className={styles.padded}>{t('register.no-signal')}</p>}
      >
        {({ pages }) => {
          const before = pages[0]?.archivedBefore ?? null;
          const lines = signalLines(pages.flatMap((page) => page.entries));
          return (
            <>
              <ul className={styles.signals}>
                {lines.map((line) => (
                  <SignalLineView key={line.entry.position} line={line} facility={facility} />
                ))}
              </ul>
              <LoadMore query={query} shown={lines.length} />
              {before !== null && !query.hasNextPage && (
                <p className={styles.padded}>{t('archive.signals', { at: exact(before) })}</p>
              )}
            </>
          );
        }}
      </AsyncState>
    </Section>
  );
}
