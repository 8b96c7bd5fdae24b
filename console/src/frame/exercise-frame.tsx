import { LIVE } from '@keng/model';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './exercise-frame.module.css';

interface ExerciseFrameProps {
  readonly world: string;
  readonly name: string | null;
  readonly children: ReactNode;
}

/** An exercise never looks like live: stripes all round, another ground, the word above everything and in the title. */
export function ExerciseFrame({ world, name, children }: ExerciseFrameProps) {
  const { t } = useTranslation();
  const exercise = world !== LIVE;
  const word = t('exercise.word');
  useEffect(() => {
    globalThis.document.title = exercise ? `${word} · ${t('app.name')}` : t('app.name');
    globalThis.document.documentElement.toggleAttribute('data-exercise', exercise);
  }, [exercise, word, t]);
  if (!exercise) return children;
  return (
    <div className={styles.stripes}>
      <p className={styles.word} role="status">
        <strong>{word}</strong> {name ?? world} · {t('exercise.not-real')}
      </p>
      <div className={styles.inside}>{children}</div>
    </div>
  );
}
