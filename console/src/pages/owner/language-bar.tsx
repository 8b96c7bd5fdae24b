import { useTranslation } from 'react-i18next';
import { Mark } from '../../frame/mark.tsx';
import { changeLanguage, LANGUAGE_NAMES, LANGUAGES } from '../../i18n.ts';
import styles from './page.module.css';

export function LanguageBar() {
  const { t, i18n } = useTranslation();
  return (
    <header className={styles.top}>
      <Mark size={28} />
      <nav className={styles.languages} aria-label={t('preferences.language')}>
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            aria-pressed={i18n.language === language}
            onClick={() => void changeLanguage(language)}
          >
            {LANGUAGE_NAMES[language]}
          </button>
        ))}
      </nav>
    </header>
  );
}
