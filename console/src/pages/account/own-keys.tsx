import { Button, Group, Modal, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Account, type KeyItem, useRemoveKey, useSecondFactor } from '../../api/account.ts';
import { Empty } from '../../components/async-state.tsx';
import { Section } from '../../components/page.tsx';
import { KeyForm } from '../../session/key-form.tsx';
import { KeyTable } from '../../session/key-table.tsx';
import { ProvedForm } from '../../session/proved-form.tsx';

type Dialog = { readonly name: 'add' | 'factor' } | { readonly name: 'remove'; readonly key: KeyItem } | null;

export function OwnKeys({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const [dialog, open] = useState<Dialog>(null);
  const close = () => open(null);
  const { passkeys, secondFactor, secondFactorRequired } = account;
  return (
    <Section
      title={t('account.keys')}
      flush
      actions={
        <Button h={40} onClick={() => open({ name: 'add' })}>
          {t('account.add-key')}
        </Button>
      }
    >
      {passkeys.length === 0 ? (
        <Empty title={t('account.no-key')} />
      ) : (
        <>
          <KeyTable rows={passkeys} onRemove={(key) => open({ name: 'remove', key })} />
          <Group p="md" justify="space-between">
            <Text size="sm">
              {t('account.second-factor')}:{' '}
              <strong>
                {secondFactor || secondFactorRequired
                  ? t('account.second-factor-on')
                  : t('account.second-factor-off')}
              </strong>
            </Text>
            {secondFactorRequired ? (
              <Text size="sm" c="dimmed">
                {t('account.second-factor-required')}
              </Text>
            ) : (
              <Button variant="default" h={40} onClick={() => open({ name: 'factor' })}>
                {secondFactor ? t('account.second-factor-switch-off') : t('account.second-factor-switch-on')}
              </Button>
            )}
          </Group>
        </>
      )}
      <Modal
        opened={dialog !== null}
        onClose={close}
        title={titleOf(dialog, secondFactor, t)}
        centered
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {dialog?.name === 'add' && <KeyForm onDone={close} />}
        {dialog?.name === 'remove' && <RemoveForm id={dialog.key.id} onDone={close} />}
        {dialog?.name === 'factor' && <FactorForm required={!secondFactor} onDone={close} />}
      </Modal>
    </Section>
  );
}

function titleOf(dialog: Dialog, secondFactor: boolean, t: TFunction): string {
  if (dialog?.name === 'remove') return t('account.remove-title', { name: dialog.key.name });
  if (dialog?.name === 'factor')
    return secondFactor ? t('account.second-factor-switch-off') : t('account.second-factor-switch-on');
  return t('account.add-key');
}

function RemoveForm({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const removing = useRemoveKey();
  return (
    <ProvedForm
      action={t('account.remove')}
      change={removing}
      onSubmit={(password) => removing.mutate({ id, password }, { onSuccess: onDone })}
    />
  );
}

function FactorForm({ required, onDone }: { readonly required: boolean; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const setting = useSecondFactor();
  return (
    <ProvedForm
      action={t('common.confirm')}
      change={setting}
      onSubmit={(password) => setting.mutate({ required, password }, { onSuccess: onDone })}
    />
  );
}
