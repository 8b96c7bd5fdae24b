import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlans } from '../../../api/facility-safety.ts';
import { KeyHint } from '../../../components/key-hint.tsx';
import { useShortcuts } from '../../../components/use-shortcuts.ts';
import { useSession } from '../../../session/session-context.tsx';
import { PlanViewer } from './plan-viewer.tsx';

interface PlansKeyProps {
  readonly facility: { readonly id: string; readonly name: string };
}

/** The building's drawings, one key away from its incident. Not there where there are none: nobody opens an empty drawer at night. */
export function PlansKey({ facility }: PlansKeyProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [opened, open] = useState(false);
  const { data } = usePlans(facility.id, can('facility.read'));
  const count = data?.plans.length ?? 0;
  useShortcuts({ p: count > 0 ? () => open(true) : undefined });
  if (count === 0) return null;
  return (
    <>
      <Button h={44} variant="default" onClick={() => open(true)}>
        {t('plan.show')} ({count}) &nbsp; <KeyHint of="P" />
      </Button>
      <PlanViewer facility={facility} opened={opened} onClose={() => open(false)} />
    </>
  );
}
