import type { Contact } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_NAMES } from '../../i18n.ts';
import styles from './page.module.css';

/** In the order in which a person rings them. */
export function FacilityContacts({ contacts }: { readonly contacts: readonly Contact[] }) {
  const { t } = useTranslation();
  if (contacts.length === 0) return <p className={styles.padded}>{t('register.none-declared')}</p>;
  return (
    <ol className={styles.contacts}>
      {contacts.map((contact) => (
        <li key={contact.id}>
          <span className={styles.order}>{contact.order}</span>
          <span className={styles.person}>
            <strong>{contact.name}</strong>
            <span className="k-dim">
              {[
                contact.role,
                contact.email,
                contact.language === 'vi' ? null : LANGUAGE_NAMES[contact.language],
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          <a href={`tel:${contact.telephone}`}>{contact.telephone}</a>
        </li>
      ))}
    </ol>
  );
}
