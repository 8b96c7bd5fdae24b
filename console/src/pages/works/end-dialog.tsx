import type { WorksState } from '@keng/model';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorksAction } from '../../api/works.ts';
import { ProblemNote } from '../../components/problem-note.tsx';

interface EndDialogProps {
  readonly works: WorksState;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asked once: works that were ended cannot be begun again, only planned anew with a new call-back. */
export function EndDialog({ works, opened, onClose }: EndDialogProps) {
  const { t } = useTranslation();
  const action = useWorksAction();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('works-page.end-title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      centered
    >
      <Stack>
        <Text>{t('works-page.end-help')}</Text>
        <ProblemNote error={action.error} />
        <Group justify="flex-end">
          <Button variant="default" h={44} onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            h={44}
            data-autofocus
            loading={action.isPending}
            onClick={() =>
              action.mutate({ name: 'end', id: works.id, reason: 'person' }, { onSuccess: onClose })
            }
          >
            {t('works-page.end')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
