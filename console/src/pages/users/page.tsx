import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type UserItem, useUsers } from '../../api/users.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { PageFrame } from '../../components/page.tsx';
import { useSession } from '../../session/session-context.tsx';
import styles from './page.module.css';
import { PasswordDialog } from './password-dialog.tsx';
import { UserDialog } from './user-dialog.tsx';
import { UserTable } from './user-table.tsx';
import { WaysDialog } from './ways-dialog.tsx';

type Dialog =
  | { readonly name: 'new' }
  | { readonly name: 'change' | 'password' | 'ways'; readonly user: UserItem }
  | null;

/** Who may log in, and what they may do. Nobody is deleted: who left is set inactive. */
export function Page() {
  const { t } = useTranslation();
  const { can } = useSession();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, 250);
  const query = useUsers(search);
  const [dialog, open] = useState<Dialog>(null);
  const close = () => open(null);
  return (
    <PageFrame
      title={t('place.users')}
      actions={
        can('user.write') && (
          <Button h={44} onClick={() => open({ name: 'new' })}>
            {t('user.new')}
          </Button>
        )
      }
    >
      <TextInput
        className={styles.search}
        label={t('user.search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        type="search"
        size="md"
      />
      <div className={styles.list}>
        <AsyncState
          query={query}
          isEmpty={({ pages }) => pages[0]?.users.length === 0}
          empty={<Empty title={t('list.nothing-found')} help={t('list.nothing-found-help')} />}
        >
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.users);
            return (
              <>
                <UserTable
                  rows={rows}
                  onChange={(user) => open({ name: 'change', user })}
                  onPassword={(user) => open({ name: 'password', user })}
                  onWays={(user) => open({ name: 'ways', user })}
                />
                <LoadMore query={query} shown={rows.length} />
              </>
            );
          }}
        </AsyncState>
      </div>
      <UserDialog
        opened={dialog?.name === 'new' || dialog?.name === 'change'}
        user={dialog?.name === 'change' ? dialog.user : null}
        onClose={close}
      />
      <WaysDialog user={dialog?.name === 'ways' ? dialog.user : null} onClose={close} />
      <PasswordDialog user={dialog?.name === 'password' ? dialog.user : null} onClose={close} />
    </PageFrame>
  );
}
