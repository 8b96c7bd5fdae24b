import { Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { RAISED, useGiveBack, useRaisedRights } from '../api/access.ts';
import { useOrganisationName } from '../api/queries.ts';
import { useNow } from '../components/now.ts';
import { SendButton } from '../components/send-button.tsx';
import { useLive } from '../live/live-context.tsx';
import { useSession } from './session-context.tsx';

const LOUD = { background: 'var(--mantine-color-red-9)', color: '#fff' };

/** Loud on purpose: whoever has raised rights, and whoever answers for them, sees it all the time. */
export function RightsBanner() {
  const { session, can } = useSession();
  return (
    <>
      {session.user.raised && <OwnRaised />}
      {can('rights.review') && can('desk.read') && <ToldAtOnce />}
      {can('rights.review') && <OthersRaised />}
    </>
  );
}

function OwnRaised() {
  const { t } = useTranslation();
  const { session } = useSession();
  const nameOf = useOrganisationName();
  const giving = useGiveBack();
  const now = useNow();
  const raised = session.user.raised;
  const left = raised ? Date.parse(raised.until) - now : 0;
  useEffect(() => {
    // What is on the screen was read with rights that are over.
    if (left <= 0) window.location.reload();
  }, [left]);
  if (!raised) return null;
  return (
    <Group justify="center" p={8} gap="md" role="status" style={LOUD}>
      <Text fw={700}>
        {t('rights.running', {
          place: nameOf(raised.target),
          minutes: Math.max(1, Math.ceil(left / 60_000)),
        })}
      </Text>
      <SendButton
        h={44}
        variant="white"
        color="red.9"
        loading={giving.isPending}
        onClick={() => giving.mutate(raised.id)}
      >
        {t('rights.give-back')}
      </SendButton>
    </Group>
  );
}

/** The feed says that somebody has raised or given back rights: the list is asked for anew, wherever it is shown. */
function ToldAtOnce() {
  const heard = useLive('rights');
  const queries = useQueryClient();
  useEffect(() => {
    if (heard > 0) void queries.invalidateQueries({ queryKey: RAISED });
  }, [heard, queries]);
  return null;
}

function OthersRaised() {
  const { t } = useTranslation();
  const { session } = useSession();
  const nameOf = useOrganisationName();
  const now = useNow();
  const query = useRaisedRights();
  const running = (query.data?.raised ?? []).filter(
    (one) => one.endedAt === null && Date.parse(one.until) > now && one.user.id !== session.user.id,
  );
  const [first] = running;
  if (!first) return null;
  return (
    <Group justify="center" p={8} gap="md" role="status" style={LOUD}>
      <Text fw={700}>
        {t('rights.told', { name: first.user.name, place: nameOf(first.target) })}
        {running.length > 1 && ` (+${running.length - 1})`}
      </Text>
      <Button component={Link} href="/access" h={44} variant="white" color="red.9">
        {t('rights.look')}
      </Button>
    </Group>
  );
}
