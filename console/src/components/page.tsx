import { type ReactNode, useId } from 'react';
import styles from './page.module.css';

interface PageFrameProps {
  readonly title: ReactNode;
  /** A word or number beside the title. */
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
  readonly width?: 'form';
  readonly children: ReactNode;
}

/** A register's page: its title, what can be done, and the rest below. */
export function PageFrame({ title, beside, actions, width, children }: PageFrameProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1), also where nothing in it is
    <main className={styles.page} data-width={width} tabIndex={0}>
      <header className={styles.head}>
        <h1 className={styles.title}>
          <span>{title}</span>
          {beside !== undefined && <small>{beside}</small>}
        </h1>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </main>
  );
}

interface SectionProps {
  readonly title: string;
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
  /** The body has its own edges: a table, a map. */
  readonly flush?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function Section({ title, beside, actions, flush = false, className, children }: SectionProps) {
  const id = useId();
  return (
    <section className={`${styles.section} ${className ?? ''}`} aria-labelledby={id}>
      <div className={styles.sectionHead}>
        <h2 id={id} className={styles.sectionTitle}>
          {title}
          {beside !== undefined && <small>{beside}</small>}
        </h2>
        {actions}
      </div>
      <div className={styles.sectionBody} data-flush={flush}>
        {children}
      </div>
    </section>
  );
}
