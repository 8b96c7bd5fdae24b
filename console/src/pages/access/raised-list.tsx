import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type RaisedItem, useEndRaised, useRaisedRights, useReviewRaised } from '../../api/access.ts';
import { useOrganisationName } from '../../api/queries.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { type Column, DataTable, Lead } from '../../components/data-table.tsx';
import { useNow } from '../../components/now.ts';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { When } from '../../components/when.tsx';
import { useSession } from '../../session/session-context.tsx';

/** What waits for a review first. Nobody reviews their own. */
export function RaisedList() {
  const { t } = useTranslation();
  const query = useRaisedRights();
  const ending = useEndRaised();
  const reviewing = useReviewRaised();
  const { session } = useSession();
  const nameOf = useOrganisationName();
  const now = useNow();
  const runs = (one: RaisedItem) => one.endedAt === null && Date.parse(one.until) > now;
  const columns: readonly Column<RaisedItem>[] = [
    {
      key: 'who',
      title: t('rights.who'),
      cell: (one) => (
        <Lead under={one.reason}>
          {one.user.name} {runs(one) && <Tag tone="warn">{t('rights.is-running')}</Tag>}
        </Lead>
      ),
    },
    {
      key: 'target',
      title: t('rights.target'),
      cell: (one) =>
        `${nameOf(one.target)} · ${one.role === null ? t('rights.look-only') : t(`role.${one.role}`)}`,
    },
    {
      key: 'when',
      title: t('rights.when'),
      cell: (one) => (
        <>
          <When at={one.from} /> – <When at={one.endedAt ?? one.until} />
        </>
      ),
    },
    { key: 'review', title: t('rights.review'), cell: (one) => reviewOf(one) },
  ];
  const reviewOf = (one: RaisedItem) => {
    if (one.review) return `${t(`rights.${one.review.outcome}`)} (${one.review.by})`;
    if (one.user.id === session.user.id) return <Text c="dimmed">{t('rights.own')}</Text>;
    if (runs(one)) {
      return (
        <Button variant="default" h={40} loading={ending.isPending} onClick={() => ending.mutate(one.id)}>
          {t('rights.end-now')}
        </Button>
      );
    }
    const review = (outcome: 'justified' | 'not-justified') =>
      reviewing.mutate({ id: one.id, outcome, note: '' });
    return (
      <Group gap="xs">
        <Button variant="default" h={40} onClick={() => review('justified')}>
          {t('rights.justified')}
        </Button>
        <Button variant="default" h={40} onClick={() => review('not-justified')}>
          {t('rights.not-justified')}
        </Button>
      </Group>
    );
  };
  return (
    <Section title={t('rights.list')} flush>
      <ProblemNote error={ending.error ?? reviewing.error} />
      <AsyncState
        query={query}
        isEmpty={({ raised }) => raised.length === 0}
        empty={<Empty title={t('rights.none')} />}
      >
        {({ raised }) => (
          <DataTable label={t('rights.list')} columns={columns} rows={raised} keyOf={(one) => one.id} />
        )}
      </AsyncState>
    </Section>
  );
}
