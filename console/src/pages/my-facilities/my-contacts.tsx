import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type ContactSettings, loadMyContacts, placeOfContact } from '../../api/contact-settings.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { Section } from '../../components/page.tsx';
import { Tag } from '../../components/tag.tsx';
import { When } from '../../components/when.tsx';
import styles from '../owner/contact-settings.module.css';
import { ContactSettingsForm } from '../owner/contact-settings.tsx';

const KEY = ['my-contacts'] as const;

/** Who is told at the own facilities, how, and who of them does not answer. */
export function MyContacts() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => loadMyContacts(signal) });
  const queries = useQueryClient();
  const keep = (next: ContactSettings) =>
    queries.setQueryData<readonly ContactSettings[]>(KEY, (known) =>
      known?.map((one) => (one.contact.id === next.contact.id ? next : one)),
    );
  return (
    <Section title={t('ways-out.contacts')}>
      <AsyncState query={query} isEmpty={(contacts) => contacts.length === 0}>
        {(contacts) =>
          contacts.map((one) => <MyContact key={one.contact.id} settings={one} onChange={keep} />)
        }
      </AsyncState>
    </Section>
  );
}

interface MyContactProps {
  readonly settings: ContactSettings;
  readonly onChange: (settings: ContactSettings) => void;
}

function MyContact({ settings, onChange }: MyContactProps) {
  const { t } = useTranslation();
  const { contact, facility, reportedAt, unansweredInARow } = settings;
  return (
    <details className={styles.fold}>
      <summary>
        {contact.order}. {contact.name} <span className="k-dim">· {facility.name}</span>{' '}
        {reportedAt !== null && (
          <Tag tone="warn">
            {t('ways-out.silent', { count: unansweredInARow })} · <When at={reportedAt} />
          </Tag>
        )}
      </summary>
      <ContactSettingsForm settings={settings} place={placeOfContact(settings)} onChange={onChange} />
    </details>
  );
}
