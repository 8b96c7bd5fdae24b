import { Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAskErasure, useFormerContacts } from '../../api/access.ts';
import { useFacilities } from '../../api/facilities.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import styles from './page.module.css';

/** First the facility, by what people know of it; then one of those who were its contacts. */
export function ErasureForm() {
  const { t } = useTranslation();
  const asking = useAskErasure();
  const [facility, setFacility] = useState<string | null>(null);
  const [contact, setContact] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const people = useFormerContacts(facility);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (facility === null || contact === null) return;
    const done = () => {
      setFacility(null);
      setContact(null);
      setReason('');
    };
    asking.mutate({ facility, contact, reason }, { onSuccess: done });
  };
  const nobody = people.data?.length === 0;
  return (
    <form onSubmit={submit}>
      <Stack p="md">
        <Text size="sm" c="dimmed">
          {t('erasure.help')}
        </Text>
        <div className={styles.erasure}>
          <FacilitySelect
            value={facility}
            onChange={(id) => {
              setFacility(id);
              setContact(null);
            }}
          />
          <Select
            label={t('erasure.contact')}
            placeholder={nobody ? t('erasure.nobody') : t('erasure.contact-search')}
            data={(people.data ?? []).map((one) => ({
              value: one.id,
              label: `${one.name} · ${one.telephone}`,
            }))}
            value={contact}
            onChange={setContact}
            disabled={facility === null || people.data === undefined || nobody}
            searchable
            size="md"
          />
          <TextInput
            label={t('rights.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            minLength={10}
            maxLength={1_000}
            required
            withAsterisk={false}
            size="md"
          />
        </div>
        <Group justify="flex-end">
          <SendButton type="submit" h={44} loading={asking.isPending} disabled={contact === null}>
            {t('erasure.ask')}
          </SendButton>
        </Group>
        <ProblemNote error={people.error ?? asking.error} />
      </Stack>
    </form>
  );
}

interface FacilitySelectProps {
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}

function FacilitySelect({ value, onChange }: FacilitySelectProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, 250);
  const found = useFacilities({ search, area: null, category: null });
  const [chosen, choose] = useState<string | null>(null);
  const options = new Map(
    (found.data?.pages[0]?.facilities ?? []).map((one) => [one.id as string, `${one.name}, ${one.address}`]),
  );
  // What was chosen stands there while another search runs.
  if (value !== null && chosen !== null) options.set(value, chosen);
  return (
    <Select
      label={t('erasure.facility')}
      placeholder={t('erasure.facility-search')}
      data={[...options].map(([id, label]) => ({ value: id, label }))}
      value={value}
      onChange={(id) => {
        choose(id === null ? null : (options.get(id) ?? null));
        onChange(id);
      }}
      searchValue={text}
      onSearchChange={setText}
      // The centre has searched, without marks: what it found is not sifted again by letters.
      filter={({ options: all }) => all}
      searchable
      limit={30}
      size="md"
    />
  );
}
