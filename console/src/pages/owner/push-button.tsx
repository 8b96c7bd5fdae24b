import { Button, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  type ContactSettings,
  canPush,
  ownSubscription,
  type SettingsPlace,
  startPush,
  stopPush,
} from '../../api/contact-settings.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import styles from './contact-settings.module.css';

interface PushButtonProps {
  readonly settings: ContactSettings;
  readonly place: SettingsPlace;
  readonly onChange: (settings: ContactSettings) => void;
}

const OWN = ['own-push'] as const;

/** This browser rings when it burns, also when the page is closed; or says why it cannot. */
export function PushButton({ settings, place, onChange }: PushButtonProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const possible = canPush() && settings.pushKey !== null;
  const own = useQuery({
    queryKey: OWN,
    queryFn: async () => (await ownSubscription())?.endpoint ?? null,
    enabled: possible,
  });
  // A browser that has a subscription may have it for another contact: the centre counts those of this one.
  const on = own.data != null && settings.browsers > 0;
  const change = useMutation({
    mutationFn: () => (on ? stopPush(place) : startPush(place, settings.pushKey ?? '')),
    onSuccess: async (next) => {
      await queries.invalidateQueries({ queryKey: OWN });
      if (next !== null) onChange(next);
    },
  });
  const refused = change.isSuccess && change.data === null && !on;
  return (
    <div className={styles.push}>
      {possible ? (
        <Button
          variant="default"
          h={44}
          loading={change.isPending || own.isLoading}
          onClick={() => change.mutate()}
        >
          {on ? t('ways-out.push-stop') : t('ways-out.push-start')}
        </Button>
      ) : (
        <Text size="sm" c="dimmed">
          {t('ways-out.push-impossible')}
        </Text>
      )}
      <Text size="sm" c="dimmed" role="status">
        {refused
          ? t('ways-out.push-refused')
          : settings.browsers > 0 && t('ways-out.push-browsers', { count: settings.browsers })}
      </Text>
      <ProblemNote error={change.error} />
    </div>
  );
}
