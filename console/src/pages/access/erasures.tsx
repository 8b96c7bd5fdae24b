import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ErasureItem, useAskErasure, useDecideErasure, useErasures } from '../../api/access.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { type Column, DataTable, Lead, Mono } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { When } from '../../components/when.tsx';

const EMPTY = { facility: '', contact: '', reason: '' };

/** One asks, another confirms. */
export function Erasures() {
  const { t } = useTranslation();
  const query = useErasures();
  const asking = useAskErasure();
  const deciding = useDecideErasure();
  const [asked, setAsked] = useState(EMPTY);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    asking.mutate(asked, { onSuccess: () => setAsked(EMPTY) });
  };
  const columns: readonly Column<ErasureItem>[] = [
    {
      key: 'contact',
      title: t('erasure.contact'),
      cell: (one) => (
        <Lead under={one.reason}>
          <Mono>{one.contact}</Mono>
        </Lead>
      ),
    },
    {
      key: 'asked',
      title: t('erasure.asked-by'),
      cell: (one) => <Lead under={<When at={one.askedAt} />}>{one.askedBy}</Lead>,
    },
    {
      key: 'status',
      title: t('rights.review'),
      cell: (one) =>
        one.status === 'asked' && !one.own ? (
          <Group gap="xs">
            <Button color="red" h={40} onClick={() => deciding.mutate({ id: one.id, erase: true })}>
              {t('erasure.erase')}
            </Button>
            <Button variant="default" h={40} onClick={() => deciding.mutate({ id: one.id, erase: false })}>
              {t('erasure.refuse')}
            </Button>
          </Group>
        ) : (
          <Lead under={one.entries === null ? '' : t('erasure.entries', { count: one.entries })}>
            {t(`erasure.status-${one.status}`)} {one.decidedBy}
          </Lead>
        ),
    },
  ];
  const field = (name: keyof typeof EMPTY, label: string) => (
    <TextInput
      label={label}
      value={asked[name]}
      onChange={(event) => setAsked({ ...asked, [name]: event.currentTarget.value })}
      required
      withAsterisk={false}
      size="md"
      flex={1}
    />
  );
  return (
    <Section title={t('erasure.title')} flush>
      <form onSubmit={submit}>
        <Stack p="md">
          <Text size="sm" c="dimmed">
            {t('erasure.help')}
          </Text>
          <Group align="end">
            {field('facility', t('erasure.facility'))}
            {field('contact', t('erasure.contact'))}
            {field('reason', t('rights.reason'))}
            <Button type="submit" h={44} loading={asking.isPending}>
              {t('erasure.ask')}
            </Button>
          </Group>
          <ProblemNote error={asking.error ?? deciding.error} />
        </Stack>
      </form>
      <AsyncState
        query={query}
        isEmpty={({ erasures }) => erasures.length === 0}
        empty={<Empty title={t('erasure.none')} />}
      >
        {({ erasures }) => (
          <DataTable label={t('erasure.title')} columns={columns} rows={erasures} keyOf={(one) => one.id} />
        )}
      </AsyncState>
    </Section>
  );
}
