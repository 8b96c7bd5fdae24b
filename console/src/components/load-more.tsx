import { Button, Group, Text } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './problem-note.tsx';

/** The end of a list that comes in pages: how much is shown, and the next page by a button the keyboard reaches. */
export function LoadMore<Page>({
  query,
  shown,
}: {
  readonly query: UseInfiniteQueryResult<InfiniteData<Page>>;
  readonly shown: number;
}) {
  const { t } = useTranslation();
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, error } = query;
  return (
    <Group p="md" gap="lg" wrap="wrap">
      {hasNextPage && (
        <Button
          variant="default"
          h={44}
          loading={isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('list.more')}
        </Button>
      )}
      <Text size="sm" c="dimmed" role="status">
        {hasNextPage ? t('list.shown', { count: shown }) : t('list.all', { count: shown })}
      </Text>
      {isFetchNextPageError && <ProblemNote error={error} />}
    </Group>
  );
}
