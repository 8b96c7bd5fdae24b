import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ErasureItem, useDecideErasure, useErasures } from '../../api/access.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { type Column, DataTable, Lead, Mono } from '../../components/data-table.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { When } from '../../components/when.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { ErasureForm } from './erasure-form.tsx';

/** One asks, another confirms. */
export function Erasures() {
  const { t } = useTranslation();
  const query = useErasures();
  const deciding = useDecideErasure();
  const [erasing, setErasing] = useState<ErasureItem | null>(null);
  const columns: readonly Column<ErasureItem>[] = [
    {
      key: 'contact',
      title: t('erasure.contact'),
      cell: (one) => (
        <Lead under={`${one.facilityName} · ${one.reason}`}>
          {one.contactName ?? <Mono>{one.contact}</Mono>}
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
      title: t('erasure.state'),
      cell: (one) =>
        one.status === 'asked' && !one.own ? (
          <Group gap="xs">
            <Button color="red" h={40} onClick={() => setErasing(one)}>
              {t('erasure.erase')}
            </Button>
            <SendButton
              variant="default"
              h={40}
              onClick={() => deciding.mutate({ id: one.id, erase: false })}
            >
              {t('erasure.refuse')}
            </SendButton>
          </Group>
        ) : (
          <Lead under={one.entries === null ? '' : t('erasure.entries', { count: one.entries })}>
            {t(`erasure.status-${one.status}`)} {one.decidedBy}
          </Lead>
        ),
    },
  ];
  return (
    <Section title={t('erasure.title')} flush>
      <ErasureForm />
      <ProblemNote error={deciding.error} />
      <AsyncState
        query={query}
        isEmpty={({ erasures }) => erasures.length === 0}
        empty={<Empty title={t('erasure.none')} />}
      >
        {({ erasures }) => (
          <DataTable label={t('erasure.title')} columns={columns} rows={erasures} keyOf={(one) => one.id} />
        )}
      </AsyncState>
      {erasing !== null && <EraseDialog erasure={erasing} onClose={() => setErasing(null)} />}
    </Section>
  );
}
