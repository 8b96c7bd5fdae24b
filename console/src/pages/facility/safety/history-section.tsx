import type { AnyEntry } from '@keng/model';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { FacilityView } from '../../../api/facilities.ts';
import { useHistory } from '../../../api/facility-safety.ts';
import { AsyncState } from '../../../components/async-state.tsx';
import { LoadMore } from '../../../components/load-more.tsx';
import { Section } from '../../../components/page.tsx';
import { When } from '../../../components/when.tsx';
import styles from './safety.module.css';

/** What was done about a facility and its papers; from the log, as everything here. */
export function HistorySection({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const query = useHistory(facility.id);
  return (
    <Section title={t('safety.history')} flush>
      <AsyncState
        query={query}
        isEmpty={({ pages }) => pages[0]?.entries.length === 0}
        empty={<p className={styles.none}>{t('safety.history-none')}</p>}
      >
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.entries);
          return (
            <>
              <ul className={styles.lines}>
                {entries.map((entry) => (
                  <li key={entry.position}>
                    <When at={entry.at} />
                    <span className={styles.fill}>
                      {wordsOfEntry(entry)}
                      {detailOf(entry) !== '' && <span className="k-dim"> · {detailOf(entry)}</span>}
                    </span>
                    <span className="k-dim">{entry.actor.name ?? ''}</span>
                  </li>
                ))}
              </ul>
              {query.hasNextPage && <LoadMore query={query} shown={entries.length} />}
            </>
          );
        }}
      </AsyncState>
    </Section>
  );
}

function wordsOfEntry({ kind }: AnyEntry): string {
  const key = `history.${kind.replace('.', '_')}`;
  return i18next.exists(key) ? i18next.t(key) : kind;
}

/** What it was about, where one word says it. */
function detailOf(entry: AnyEntry): string {
  switch (entry.kind) {
    case 'plan.added':
    case 'plan.replaced':
      return [entry.body.floor, entry.body.name].filter(Boolean).join(' ');
    case 'plan.withdrawn':
    case 'declaration.refused':
    case 'facility.removed':
    case 'inspection.deadline-moved':
      return entry.body.reason;
    case 'facility.merged':
      return entry.body.duplicateName;
    case 'facility.merged-into':
      return entry.body.intoName;
    case 'self-inspection.filed':
      return entry.body.month;
    case 'inspection.finding-closed':
      return entry.body.note;
    case 'works.planned':
      return entry.body.reason;
    default:
      return '';
  }
}
