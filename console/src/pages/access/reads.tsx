import { Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ReadItem, useReads } from '../../api/access.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { type Column, DataTable, Lead, Mono } from '../../components/data-table.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Section } from '../../components/page.tsx';
import { When } from '../../components/when.tsx';
import styles from './page.module.css';

const KINDS = ['contacts', 'log', 'users', 'export', 'room', 'desk'] as const;

export function Reads() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [user] = useDebouncedValue(typed, 400);
  const [what, setWhat] = useState<string | null>(null);
  const query = useReads(user, what);
  const columns: readonly Column<ReadItem>[] = [
    {
      key: 'who',
      title: t('reads.who'),
      cell: (one) => <Lead under={<Mono>{one.remote}</Mono>}>{one.user.name}</Lead>,
    },
    { key: 'what', title: t('reads.what'), cell: (one) => t(`reads.what-${one.what}`) },
    {
      key: 'subject',
      title: t('reads.subject'),
      cell: (one) => one.subjectName ?? (one.subject === null ? t('reads.list') : <Mono>{one.subject}</Mono>),
    },
    { key: 'times', title: t('reads.times'), align: 'number', cell: (one) => one.times },
    { key: 'when', title: t('reads.when'), cell: (one) => <When at={one.at} /> },
  ];
  return (
    <Section title={t('reads.title')} beside={t('reads.noted')} flush>
      <div className={styles.filters}>
        <TextInput
          label={t('reads.who')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          type="search"
          size="md"
        />
        <Select
          label={t('reads.what')}
          placeholder={t('reads.all')}
          data={KINDS.map((kind) => ({ value: kind, label: t(`reads.what-${kind}`) }))}
          value={what}
          onChange={setWhat}
          clearable
          clearButtonProps={{ 'aria-label': t('register.clear') }}
          size="md"
        />
      </div>
      <AsyncState
        query={query}
        isEmpty={({ pages }) => pages[0]?.reads.length === 0}
        empty={<Empty title={t('reads.none')} />}
      >
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.reads);
          return (
            <>
              <DataTable
                label={t('reads.title')}
                columns={columns}
                rows={rows}
                keyOf={(one) => `${one.at} ${one.user.id} ${one.what} ${one.subject} ${one.remote}`}
              />
              <LoadMore query={query} shown={rows.length} />
            </>
          );
        }}
      </AsyncState>
    </Section>
  );
}
