import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnerAlarmView } from '../../api/owner.ts';
import { localName } from '../../api/queries.ts';
import styles from './alarm.module.css';
import { useMeasuresShown } from './use-kept-answer.ts';

interface MeasuresProps {
  readonly measures: OwnerAlarmView['firstMeasures'];
  /** Tells the centre that they are shown. */
  readonly onShown: () => Promise<unknown>;
  /** Somebody has just answered here, or nothing else is on the page. */
  readonly scroll: boolean;
  readonly level?: 1 | 2;
}

/** What to do first, in order, in the language of the reader; the centre is told that it stands here. */
export function Measures({ measures, onShown, scroll, level = 1 }: MeasuresProps) {
  const { t } = useTranslation();
  const id = useId();
  const Title = level === 1 ? 'h2' : 'h3';
  useMeasuresShown(onShown, measures.length > 0);
  const top = useRef<HTMLElement>(null);
  // Under the buttons on a small screen: whoever has just answered must not have to look for it.
  useEffect(() => {
    if (scroll) top.current?.scrollIntoView({ block: 'start' });
  }, [scroll]);
  return (
    <section ref={top} className={styles.measures} aria-labelledby={id}>
      <Title id={id}>{t('owner-page.measures')}</Title>
      <ol>
        {measures.map((measure) => (
          <li key={measure.code}>{localName(measure)}</li>
        ))}
      </ol>
    </section>
  );
}
