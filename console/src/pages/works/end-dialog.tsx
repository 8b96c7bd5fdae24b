import type { WorksState } from '@keng/model';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorksAction } from '../../api/works.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

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
    <ConfirmDialog
      opened={opened}
      title={t('works-page.end-title')}
      act={t('works-page.end')}
      focus="act"
      pending={action.isPending}
      error={action.error}
      onAct={() => action.mutate({ name: 'end', id: works.id, reason: 'person' }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Text>{t('works-page.end-help')}</Text>
    </ConfirmDialog>
  );
}
