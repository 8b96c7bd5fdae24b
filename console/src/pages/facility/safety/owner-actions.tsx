import type { DeclarationState } from '@keng/model';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FacilityView } from '../../../api/facilities.ts';
import { useDeclarations, useFacilityPost } from '../../../api/facility-safety.ts';
import { AsyncState } from '../../../components/async-state.tsx';
import { Section } from '../../../components/page.tsx';
import { ProblemNote } from '../../../components/problem-note.tsx';
import { SendButton } from '../../../components/send-button.tsx';
import { Tag } from '../../../components/tag.tsx';
import { When } from '../../../components/when.tsx';
import { useSession } from '../../../session/session-context.tsx';
import styles from './safety.module.css';
import { TestDialog } from './test-dialog.tsx';

/** The four things an owner comes for, each one large button. */
export function OwnerActions({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const [testing, test] = useState(false);
  const base = `/my-facilities/${facility.id}`;
  return (
    <Section title={t('portal.title')} flush>
      <div className={styles.owner}>
        <Button component={Link} href={`${base}/self-inspection`} h={48}>
          {t('safety.self-inspect')}
        </Button>
        <Button component={Link} href={`${base}/declare`} h={48} variant="default">
          {t('portal.declare')}
        </Button>
        <Button
          h={48}
          variant="default"
          onClick={() => test(true)}
          disabled={facility.transmitters.length === 0}
        >
          {t('portal.test')}
        </Button>
        <Button component={Link} href={`${base}/fire-plan`} h={48} variant="default">
          {t('fire-plan.open-write')}
        </Button>
      </div>
      <TestDialog facility={facility} opened={testing} onClose={() => test(false)} />
    </Section>
  );
}

const TONES = { open: 'accent', accepted: 'good', refused: 'warn', 'taken-back': 'plain' } as const;

/** What the owner declared, and what the police said to it. */
export function DeclarationsSection({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const query = useDeclarations(facility.id);
  if (query.data?.declarations.length === 0) return null;
  return (
    <Section title={t('portal.declarations')} flush>
      <AsyncState query={query}>
        {({ declarations }) => (
          <ul className={styles.lines}>
            {declarations.slice(0, 5).map((one) => (
              <Declaration key={one.id} declaration={one} />
            ))}
          </ul>
        )}
      </AsyncState>
    </Section>
  );
}

function Declaration({ declaration }: { readonly declaration: DeclarationState }) {
  const { t } = useTranslation();
  const { can, session } = useSession();
  const sending = useFacilityPost(declaration.facilityId);
  const { status, sentAt, sentBy, note, decided } = declaration;
  return (
    <li>
      <Tag tone={TONES[status]}>{t(`portal.status-${status}`)}</Tag>
      <When at={sentAt} />
      <span className={styles.fill}>{note}</span>
      {status === 'open' && can('facility.own') && sentBy.id === session.user.id && (
        <SendButton
          h={44}
          variant="subtle"
          loading={sending.isPending}
          onClick={() => sending.mutate({ path: `/my/declarations/${declaration.id}/take-back`, body: {} })}
        >
          {t('portal.take-back')}
        </SendButton>
      )}
      {decided !== null && decided.text !== '' && <p>{t('portal.said', { text: decided.text })}</p>}
      <ProblemNote error={sending.error} />
    </li>
  );
}
