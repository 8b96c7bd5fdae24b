import type { ReviewOutcome } from '@keng/model';
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RaisedItem, useEndRaised, useRaisedRights } from '../../api/access.ts';
import { useOrganisationName } from '../../api/queries.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { type Column, DataTable, Lead } from '../../components/data-table.tsx';
import { useNow } from '../../components/now.ts';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { Tag } from '../../components/tag.tsx';
import { When } from '../../components/when.tsx';
import { useSession } from '../../session/session-context.tsx';
import { ReviewDialog } from './review-dialog.tsx';

/** What waits for a review first. Nobody reviews their own. */
export function RaisedList() {
  const { t } = useTranslation();
  const query = useRaisedRights();
  const ending = useEndRaised();
  const [reviewing, setReviewing] = useState<{ raised: RaisedItem; outcome: ReviewOutcome } | null>(null);
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
      title: t('rights.desk'),
      cell: (one) =>
        `${nameOf(one.target)} · ${one.role === null ? t('rights.look-only') : t(`role.${one.role}`)}`,
    },
    {
      key: 'when',
      title: t('rights.when'),
      cell: (one) => (
        <span>
          <When at={one.from} /> · {t('rights.lasting', { minutes: minutesOf(one) })}
        </span>
      ),
    },
    { key: 'review', title: t('rights.review'), cell: (one) => reviewOf(one) },
  ];
  const reviewOf = (one: RaisedItem) => {
    if (one.review) {
      return (
        <Lead under={one.review.note}>
          {t(`rights.${one.review.outcome}`)} ({one.review.by})
        </Lead>
      );
    }
    if (one.user.id === session.user.id) return <Text c="dimmed">{t('rights.own')}</Text>;
    if (runs(one)) {
      return (
        <SendButton variant="default" h={40} loading={ending.isPending} onClick={() => ending.mutate(one.id)}>
          {t('rights.end-now')}
        </SendButton>
      );
    }
    const review = (outcome: ReviewOutcome) => setReviewing({ raised: one, outcome });
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
      <ProblemNote error={ending.error} />
      <AsyncState
        query={query}
        isEmpty={({ raised }) => raised.length === 0}
        empty={<Empty title={t('rights.none')} />}
      >
        {({ raised }) => (
          <DataTable label={t('rights.list')} columns={columns} rows={raised} keyOf={(one) => one.id} />
        )}
      </AsyncState>
      {reviewing !== null && <ReviewDialog {...reviewing} onClose={() => setReviewing(null)} />}
    </Section>
  );
}

/** Until they ended, or will end; what has begun counts as a minute. */
function minutesOf({ from, endedAt, until }: RaisedItem): number {
  return Math.ceil((Date.parse(endedAt ?? until) - Date.parse(from)) / 60_000);
}
