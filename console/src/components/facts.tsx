import type { ReactNode } from 'react';
import styles from './facts.module.css';

export type Fact = readonly [term: string, value: ReactNode];

/** Terms and their values, one under the other; what has no value is left out. */
export function Facts({ of }: { readonly of: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {of.map(([term, value]) =>
        value === null || value === undefined || value === '' ? null : (
          <FactLine key={term} term={term} value={value} />
        ),
      )}
    </dl>
  );
}

function FactLine({ term, value }: { readonly term: string; readonly value: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  );
}
