import { useTranslation } from 'react-i18next';
import type { SessionItem } from '../api/account.ts';
import { Empty } from '../components/async-state.tsx';
import { type Column, DataTable, Lead, Mono } from '../components/data-table.tsx';
import { SendButton } from '../components/send-button.tsx';
import { Tag } from '../components/tag.tsx';
import { When } from '../components/when.tsx';

interface SessionTableProps {
  readonly rows: readonly SessionItem[];
  /** Absent: the reader may not end any. */
  readonly onEnd?: (id: string) => void;
  readonly ending: boolean;
}

/** Where somebody is logged in, since when, how, and when it was last used. */
export function SessionTable({ rows, onEnd, ending }: SessionTableProps) {
  const { t } = useTranslation();
  if (rows.length === 0) return <Empty title={t('account.no-session')} />;
  const columns: readonly Column<SessionItem>[] = [
    {
      key: 'where',
      title: t('account.where'),
      cell: (one) => (
        <Lead under={<span title={one.agent}>{programOf(one.agent)}</span>}>
          <Mono>{one.remote}</Mono> {one.own && <Tag>{t('account.own')}</Tag>}
        </Lead>
      ),
    },
    { key: 'how', title: t('account.how'), cell: (one) => t(`account.method-${one.method}`) },
    { key: 'since', title: t('account.since'), cell: (one) => <When at={one.since} /> },
    { key: 'used', title: t('account.last-used'), cell: (one) => <When at={one.lastUsedAt} /> },
  ];
  const action: Column<SessionItem> = {
    key: 'end',
    title: t('user.actions'),
    align: 'narrow',
    cell: (one) =>
      one.own ? null : (
        <SendButton variant="default" h={40} loading={ending} onClick={() => onEnd?.(one.id)}>
          {t('account.end')}
          <span className="k-visually-hidden"> {one.remote}</span>
        </SendButton>
      ),
  };
  return (
    <DataTable
      label={t('account.sessions')}
      columns={onEnd ? [...columns, action] : columns}
      rows={rows}
      keyOf={(one) => one.id}
    />
  );
}

/** What a person calls it; the whole line is in the title. */
function programOf(agent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\/(\d+)/.exec(agent);
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1];
  if (!browser) return agent.slice(0, 60);
  return [`${browser[1]} ${browser[2]}`, system].filter((part) => part !== undefined).join(', ');
}
