import type { ContactId, WorksState } from '@keng/model';
import { Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFacility } from '../../api/facilities.ts';
import { useWorksAction } from '../../api/works.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';

interface CallBackDialogProps {
  readonly works: WorksState;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The officer rings a registered number, never the one that called: only then is anything muted. */
export function CallBackDialog({ works, opened, onClose }: CallBackDialogProps) {
  const { t } = useTranslation();
  // Whom to ring is personal: it is asked for when somebody is about to, and not for a whole list.
  const facility = useFacility(opened ? works.facilityId : null);
  const contacts = facility.data?.contacts ?? [];
  const action = useWorksAction();
  const [contact, choose] = useState<ContactId | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (contact !== null)
      action.mutate({ name: 'call-back', id: works.id, contactId: contact }, { onSuccess: onClose });
  };
  const refuse = () =>
    action.mutate({ name: 'end', id: works.id, reason: 'call-back-refused' }, { onSuccess: onClose });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('works-page.call-back-title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      centered
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            {t('works-page.call-back-help')}
          </Text>
          <Radio.Group
            label={t('works-page.who-answered')}
            value={contact ?? ''}
            onChange={(id) => choose(contacts.find((one) => one.id === id)?.id ?? null)}
          >
            <Stack gap={4} mt={4}>
              {facility.isPending && <span role="status">{t('state.loading')}</span>}
              {contacts.map((one) => (
                <Group key={one.id} justify="space-between" wrap="nowrap" mih={44}>
                  <Radio value={one.id} label={one.name} description={one.role} />
                  <a href={`tel:${one.telephone}`} style={{ color: 'var(--k-accent)', padding: '10px 0' }}>
                    {one.telephone}
                  </a>
                </Group>
              ))}
            </Stack>
          </Radio.Group>
          <ProblemNote error={facility.error ?? action.error} />
          <Group justify="space-between">
            <SendButton variant="default" h={44} onClick={refuse} loading={action.isPending}>
              {t('works-page.refused')}
            </SendButton>
            <SendButton type="submit" h={44} loading={action.isPending} disabled={contact === null}>
              {t('works-page.confirmed')}
            </SendButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
