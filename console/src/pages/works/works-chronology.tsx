import type { WorksState } from '@keng/model';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorksChronology } from '../../api/works.ts';
import { TimeOfDay } from '../../components/age.tsx';
import { AsyncState } from '../../components/async-state.tsx';
import styles from './works.module.css';
import { worksLine } from './works-line.ts';

/** What happened with these works, folded until somebody asks. */
export function WorksChronology({ works }: { readonly works: WorksState }) {
  const { t } = useTranslation();
  const [opened, open] = useState(false);
  const query = useWorksChronology(works, opened);
  return (
    <details className={styles.chronology} onToggle={(event) => open(event.currentTarget.open)}>
      <summary>{t('chronology.title')}</summary>
      {opened && (
        <AsyncState query={query}>
          {(entries) => (
            <ol>
              {entries.map((entry) => {
                const line = worksLine(entry);
                return (
                  line && (
                    <li key={entry.position} data-kind={entry.kind}>
                      <TimeOfDay at={entry.at} /> <span>{t(`works-page.${line.key}`, line.params)}</span>
                    </li>
                  )
                );
              })}
            </ol>
          )}
        </AsyncState>
      )}
    </details>
  );
}
