import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ErasureItem, useDecideErasure } from '../../api/access.ts';
import { ProblemNote } from '../../components/problem-note.tsx';

interface EraseDialogProps {
  readonly erasure: ErasureItem;
  readonly onClose: () => void;
}

/** Asked once: what is erased nobody brings back. */
export function EraseDialog({ erasure, onClose }: EraseDialogProps) {
  const { t } = useTranslation();
  const deciding = useDecideErasure();
  const erase = () => deciding.mutate({ id: erasure.id, erase: true }, { onSuccess: () => onClose() });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('erasure.confirm-title', { name: erasure.contactName ?? erasure.contact })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      centered
    >
      <Stack>
        <Text>{t('erasure.confirm-help', { facility: erasure.facilityName })}</Text>
        <ProblemNote error={deciding.error} />
        <Group justify="flex-end">
          <Button variant="default" h={44} data-autofocus onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button color="red" h={44} loading={deciding.isPending} onClick={erase}>
            {t('erasure.erase')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
