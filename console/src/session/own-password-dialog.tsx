import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OwnPasswordForm } from './own-password-form.tsx';
import { useSession } from './session-context.tsx';

interface OwnPasswordDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Over the page: alarms go on beside it. Other log-ins of the same person end with the old password. */
export function OwnPasswordDialog({ opened, onClose }: OwnPasswordDialogProps) {
  const { t } = useTranslation();
  const { session, renewed } = useSession();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('own-password.change')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <OwnPasswordForm
        login={session.user.login}
        current={null}
        onChanged={(next) => {
          renewed(next);
          onClose();
        }}
      />
    </Modal>
  );
}
