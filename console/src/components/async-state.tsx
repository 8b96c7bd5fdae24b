import { PERMISSIONS, type Permission, Problem, permissionsOf, ROLES } from '@keng/model';
import { Alert, Button, Loader, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/problem-text.ts';
import { Age } from './age.tsx';
import styles from './async-state.module.css';

export function Loading({ label }: { readonly label?: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.state} role="status">
      <Loader size="sm" />
      <Text c="dimmed">{label ?? t('state.loading')}</Text>
    </div>
  );
}

export function Empty({ title, help }: { readonly title: string; readonly help?: string }) {
  return (
    <div className={styles.state}>
      <Text fw={600}>{title}</Text>
      {help !== undefined && (
        <Text c="dimmed" size="sm" maw={360} ta="center">
          {help}
        </Text>
      )}
    </div>
  );
}

export function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.state}>
      <Alert color="yellow" role="alert" title={t('state.failed')} maw={480}>
        <Text size="sm">{problemText(error)}</Text>
        {onRetry && (
          <Button mt="md" h={44} variant="default" onClick={onRetry}>
            {t('state.retry')}
          </Button>
        )}
      </Alert>
    </div>
  );
}

/** Who may, in the words of the list of users: with that one can ask for it. */
export function NoRight({ permission }: { readonly permission: Permission | null }) {
  const { t } = useTranslation();
  const title = t('state.no-right');
  if (permission === null) return <Empty title={title} />;
  const roles = ROLES.filter((role) => permissionsOf([role]).has(permission)).map((role) =>
    t(`role.${role}`),
  );
  return <Empty title={title} help={t('state.no-right-help', { permission, roles: roles.join(', ') })} />;
}

/** The permission that a refusal names; null: it was for another reason. */
function refusedPermission(error: Problem): Permission | null {
  return PERMISSIONS.find((one) => one === error.params?.permission) ?? null;
}

/** What is on the screen is older than it should be: says so, with its age. */
export function Stale({ since, error }: { readonly since: string | number; readonly error: unknown }) {
  const { t } = useTranslation();
  return (
    <div className={styles.stale} role="status">
      <span>
        {t('state.stale')} <Age at={since} />
      </span>
      <span className="k-dim">{problemText(error)}</span>
    </div>
  );
}

interface AsyncStateProps<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
  readonly isEmpty?: (data: T) => boolean;
  readonly empty?: ReactNode;
}

/** Every state a loaded thing can be in: loading, empty, failed with a way to retry, no right, old with its age, there. */
export function AsyncState<T>({ query, children, isEmpty, empty }: AsyncStateProps<T>) {
  const { t } = useTranslation();
  const { data, error } = query;
  if (data === undefined) {
    if (error instanceof Problem && error.status === 403)
      return <NoRight permission={refusedPermission(error)} />;
    if (error) return <Failed error={error} onRetry={() => void query.refetch()} />;
    return <Loading />;
  }
  if (isEmpty?.(data)) return empty ?? <Empty title={t('state.empty')} />;
  return (
    <>
      {error && <Stale since={query.dataUpdatedAt} error={error} />}
      {children(data)}
    </>
  );
}
