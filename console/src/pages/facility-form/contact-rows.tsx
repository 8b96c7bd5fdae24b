import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/page.tsx';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from '../../i18n.ts';
import { type ContactRow, emptyContact, moved } from './form-model.ts';
import { type FormPart, replaced } from './form-part.ts';
import styles from './page.module.css';

/** As many as the schema of a facility holds. */
const MOST = 20;

/** Whom to ring, in the order of the rows: the first is called first. */
export function ContactRows({ form, change, problemAt }: FormPart) {
  const { t } = useTranslation();
  const { contacts } = form;
  return (
    <Section
      title={t('register.contacts')}
      beside={t('register.contacts-needed')}
      actions={
        <Button
          variant="subtle"
          h={44}
          disabled={contacts.length >= MOST}
          onClick={() => change({ contacts: [...contacts, emptyContact()] })}
        >
          {t('register.contact-add')}
        </Button>
      }
    >
      {problemAt('contacts') !== undefined && (
        <p className={styles.problem} role="alert">
          {problemAt('contacts')}
        </p>
      )}
      <ol className={styles.rows}>
        {contacts.map((contact, index) => (
          <Row
            key={contact.key}
            contact={contact}
            index={index}
            last={index === contacts.length - 1}
            problemAt={(field) => problemAt(`contacts.${index}.${field}`)}
            onChange={(next) => change({ contacts: replaced(contacts, contact.key, next) })}
            onMove={(step) => change({ contacts: moved(contacts, index, step) })}
          />
        ))}
      </ol>
    </Section>
  );
}

interface RowProps {
  readonly contact: ContactRow;
  readonly index: number;
  readonly last: boolean;
  readonly problemAt: (field: string) => string | undefined;
  readonly onChange: (next: Partial<ContactRow> | null) => void;
  readonly onMove: (step: -1 | 1) => void;
}

function Row({ contact, index, last, problemAt, onChange, onMove }: RowProps) {
  const { t } = useTranslation();
  const place = index + 1;
  return (
    <li className={styles.contact}>
      <span className={styles.place1} aria-hidden="true">
        {place}
      </span>
      <TextInput
        label={t('register.contact-name')}
        value={contact.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={problemAt('name')}
        required
        maxLength={200}
      />
      <TextInput
        label={t('register.contact-telephone')}
        value={contact.telephone}
        onChange={(event) => onChange({ telephone: event.currentTarget.value })}
        error={problemAt('telephone')}
        type="tel"
        required
      />
      <TextInput
        label={t('register.contact-role')}
        value={contact.role}
        onChange={(event) => onChange({ role: event.currentTarget.value })}
        error={problemAt('role')}
        maxLength={100}
      />
      <TextInput
        label={t('register.contact-email')}
        value={contact.email}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
        error={problemAt('email')}
        type="email"
      />
      <Select
        label={t('preferences.language')}
        data={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
        value={contact.language}
        onChange={(language) => isLanguage(language) && onChange({ language })}
        allowDeselect={false}
      />
      <div className={styles.moves}>
        <ActionIcon
          variant="default"
          size={36}
          disabled={index === 0}
          onClick={() => onMove(-1)}
          aria-label={t('register.move-up', { place })}
        >
          ↑
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={36}
          disabled={last}
          onClick={() => onMove(1)}
          aria-label={t('register.move-down', { place })}
        >
          ↓
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={36}
          onClick={() => onChange(null)}
          aria-label={t('register.contact-remove', { place })}
        >
          ×
        </ActionIcon>
      </div>
    </li>
  );
}
