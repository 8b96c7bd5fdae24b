import type { ReactNode } from 'react';
import styles from './tag.module.css';

export type Tone = 'plain' | 'fire' | 'warn' | 'good' | 'accent';

/** A short word about a thing. The word says it; the colour only helps to find it. */
export function Tag({
  tone = 'plain',
  title,
  children,
}: {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <span className={styles.tag} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
