import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOrganisationName } from '../../api/queries.ts';
import type { UserItem } from '../../api/users.ts';
import { type Column, DataTable, Lead, Mono } from '../../components/data-table.tsx';
import { Tag } from '../../components/tag.tsx';
import { When } from '../../components/when.tsx';
import { LANGUAGE_NAMES } from '../../i18n.ts';
import { useSession } from '../../session/session-context.tsx';
import styles from './page.module.css';

interface UserTableProps {
  readonly rows: readonly UserItem[];
  readonly onChange: (user: UserItem) => void;
  readonly onPassword: (user: UserItem) => void;
  readonly onWays: (user: UserItem) => void;
}

export function UserTable({ rows, onChange, onPassword, onWays }: UserTableProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const organisationName = useOrganisationName();
  const columns: readonly Column<UserItem>[] = [
    {
      key: 'name',
      title: t('user.name'),
      cell: (user) => (
        <Lead under={<Mono>{user.login}</Mono>}>
          {user.name} {!user.active && <Tag tone="warn">{t('user.inactive')}</Tag>}{' '}
          {user.active && user.passwordTemporary && <Tag>{t('user.password-temporary')}</Tag>}
        </Lead>
      ),
    },
    {
      key: 'roles',
      title: t('user.roles'),
      cell: (user) => (
        <span className={styles.tags}>
          {user.roles.map((role) => (
            <Tag key={role}>{t(`role.${role}`)}</Tag>
          ))}
        </span>
      ),
    },
    {
      key: 'organisation',
      title: t('user.organisation'),
      cell: (user) =>
        user.organisation === null
          ? t('user.facility-count', { count: user.facilities.length })
          : organisationName(user.organisation),
    },
    {
      key: 'language',
      title: t('preferences.language'),
      align: 'desk',
      cell: (user) => LANGUAGE_NAMES[user.language],
    },
    {
      key: 'changed',
      title: t('register.changed-at'),
      align: 'desk',
      cell: (user) => <When at={user.changedAt} />,
    },
  ];
  const actions: Column<UserItem> = {
    key: 'actions',
    title: t('user.actions'),
    align: 'narrow',
    cell: (user) => (
      <Group gap="sm" wrap="nowrap">
        {can('user.write') && (
          <>
            <Button variant="default" h={40} onClick={() => onChange(user)}>
              {t('register.edit')}
              <span className="k-visually-hidden"> {user.login}</span>
            </Button>
            <Button variant="default" h={40} onClick={() => onPassword(user)}>
              {t('login.password')}
              <span className="k-visually-hidden"> {user.login}</span>
            </Button>
          </>
        )}
        <Button variant="default" h={40} onClick={() => onWays(user)}>
          {t('ways.button')}
          <span className="k-visually-hidden"> {user.login}</span>
        </Button>
      </Group>
    ),
  };
  return (
    <DataTable
      label={t('place.users')}
      columns={[...columns, actions]}
      rows={rows}
      keyOf={(user) => user.id}
    />
  );
}
