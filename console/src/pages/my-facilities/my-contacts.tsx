import { Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  type ContactSettings,
  loadMyContacts,
  placeOfContact,
  sayEmailWorks,
} from '../../api/contact-settings.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
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
  const { contact, facility, reportedAt, unansweredInARow, emailReturned } = settings;
  return (
    <details className={styles.fold}>
      <summary>
        {contact.order}. {contact.name} <span className="k-dim">· {facility.name}</span>{' '}
        {reportedAt !== null && (
          <Tag tone="warn">
            {t('ways-out.silent', { count: unansweredInARow })} · <When at={reportedAt} />
          </Tag>
        )}{' '}
        {emailReturned !== null && (
          <Tag tone="warn">
            {t('ways-out.returned')} · <When at={emailReturned.at} />
          </Tag>
        )}
      </summary>
      {emailReturned !== null && <Returned settings={settings} onChange={onChange} />}
      <ContactSettingsForm settings={settings} place={placeOfContact(settings)} onChange={onChange} />
    </details>
  );
}

/** The address is corrected in the register; only whoever knows that the same one works again says so here. */
function Returned({ settings, onChange }: MyContactProps) {
  const { t } = useTranslation();
  const works = useMutation({
    mutationFn: () => sayEmailWorks(placeOfContact(settings)),
    onSuccess: onChange,
  });
  return (
    <div className={styles.form}>
      <p className={styles.always}>{t('ways-out.returned-help')}</p>
      <Group>
        <SendButton h={44} variant="default" loading={works.isPending} onClick={() => works.mutate()}>
          {t('ways-out.email-works')}
        </SendButton>
      </Group>
      <ProblemNote error={works.error} />
    </div>
  );
}
