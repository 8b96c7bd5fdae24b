import { useTranslation } from 'react-i18next';
import styles from './call-bar.module.css';

/**
 * Calling must be possible while nothing can be loaded, so the page carries a number of its own, with the words of each
 * language; the centre's takes its place as soon as it is known.
 */
export function CallBar({ number }: { readonly number: string | null }) {
  const { t } = useTranslation();
  const shown = number ?? t('owner-page.number');
  return (
    <footer className={styles.call}>
      <a href={`tel:${shown}`}>{t('owner-page.call', { number: shown })}</a>
    </footer>
  );
}
