import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ErasureItem, useDecideErasure } from '../../api/access.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

interface EraseDialogProps {
  readonly erasure: ErasureItem;
  readonly onClose: () => void;
}

/** Asked once: what is erased nobody brings back. */
export function EraseDialog({ erasure, onClose }: EraseDialogProps) {
  const { t } = useTranslation();
  const deciding = useDecideErasure();
  return (
    <ConfirmDialog
      title={t('erasure.confirm-title', { name: erasure.contactName ?? erasure.contact })}
      act={t('erasure.erase')}
      color="red"
      focus="cancel"
      pending={deciding.isPending}
      error={deciding.error}
      onAct={() => deciding.mutate({ id: erasure.id, erase: true }, { onSuccess: () => onClose() })}
      onClose={onClose}
    >
      <Text>{t('erasure.confirm-help', { facility: erasure.facilityName })}</Text>
    </ConfirmDialog>
  );
}
