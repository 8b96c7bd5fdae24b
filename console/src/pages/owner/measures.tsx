import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnerPage } from '../../api/owner.ts';
import { localName } from '../../api/queries.ts';
import styles from './page.module.css';
import { useMeasuresShown } from './use-owner-alarm.ts';

interface MeasuresProps {
  readonly token: string;
  readonly measures: OwnerPage['firstMeasures'];
}

/** What to do first, in order, in the language of the reader; the centre is told that it stands here. */
export function Measures({ token, measures }: MeasuresProps) {
  const { t } = useTranslation();
  useMeasuresShown(token, measures.length > 0);
  const top = useRef<HTMLElement>(null);
  // Under the buttons on a small screen: whoever has just answered must not have to look for it.
  useEffect(() => top.current?.scrollIntoView({ block: 'start' }), []);
  return (
    <section ref={top} className={styles.measures} aria-labelledby="owner-measures">
      <h2 id="owner-measures">{t('owner-page.measures')}</h2>
      <ol>
        {measures.map((measure) => (
          <li key={measure.code}>{localName(measure)}</li>
        ))}
      </ol>
    </section>
  );
}
