import styles from './key-hint.module.css';

/** The key that does the same, beside the words of a button. */
export function KeyHint({ of }: { readonly of: string }) {
  return <kbd className={styles.key}>{of}</kbd>;
}
