import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KeyItem } from '../api/account.ts';
import { type Column, DataTable, Lead } from '../components/data-table.tsx';
import { When } from '../components/when.tsx';

interface KeyTableProps {
  readonly rows: readonly KeyItem[];
  readonly onRemove?: (key: KeyItem) => void;
}

export function KeyTable({ rows, onRemove }: KeyTableProps) {
  const { t } = useTranslation();
  const columns: readonly Column<KeyItem>[] = [
    {
      key: 'name',
      title: t('account.key-name'),
      cell: (key) => <Lead under={key.backedUp ? t('account.copied-key') : ''}>{key.name}</Lead>,
    },
    { key: 'created', title: t('account.created'), cell: (key) => <When at={key.createdAt} /> },
    {
      key: 'used',
      title: t('account.last-used'),
      cell: (key) => (key.lastUsedAt === null ? t('account.never-used') : <When at={key.lastUsedAt} />),
    },
  ];
  const action: Column<KeyItem> = {
    key: 'remove',
    title: t('user.actions'),
    align: 'narrow',
    cell: (key) => (
      <Button variant="default" h={40} onClick={() => onRemove?.(key)}>
        {t('account.remove')}
        <span className="k-visually-hidden"> {key.name}</span>
      </Button>
    ),
  };
  return (
    <DataTable
      label={t('account.keys')}
      columns={onRemove ? [...columns, action] : columns}
      rows={rows}
      keyOf={(key) => key.id}
    />
  );
}
