import { HANDOVER_KINDS, type HandoverKind } from '@keng/model';
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type PendingItem, type RoomView, useHandover, useRoomAction } from '../../api/room.ts';
import { AsyncState } from '../../components/async-state.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { Tag } from '../../components/tag.tsx';
import { When } from '../../components/when.tsx';
import { useSession } from '../../session/session-context.tsx';
import styles from './shift.module.css';

/** What the shift before has left: it stays here, as not handed over, until somebody of this one takes it upon themselves. */
export function Handover({ room }: { readonly room: RoomView }) {
  const { t } = useTranslation();
  const query = useHandover(true);
  const { pending } = room;
  const waiting = pending.incident + pending.works + pending.link;
  return (
    <Section title={t('room.handover')} beside={waiting}>
      <AsyncState
        query={query}
        isEmpty={({ items }) => items.length === 0}
        empty={<p className="k-dim">{t('room.handover-none')}</p>}
      >
        {({ items, counts }) =>
          HANDOVER_KINDS.map((kind) => (
            <Kind
              key={kind}
              kind={kind}
              count={counts[kind]}
              items={items.filter((one) => one.kind === kind)}
            />
          ))
        }
      </AsyncState>
    </Section>
  );
}

interface KindProps {
  readonly kind: HandoverKind;
  readonly count: number;
  readonly items: readonly PendingItem[];
}

function Kind({ kind, count, items }: KindProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const action = useRoomAction();
  const [read, setRead] = useState(false);
  if (items.length === 0) return null;
  const accept = (way: 'single' | 'list', some: readonly PendingItem[]) =>
    action.mutate({ name: 'handover', way, items: some.map(({ kind, id }) => ({ kind, id })) });
  return (
    <div data-testid={`handover-${kind}`}>
      <h3>
        {t(`room.kind-${kind}`)} <small>{count}</small>
      </h3>
      <ul className={styles.list}>
        {items.map((one) => (
          <li key={one.id}>
            <span className={styles.grow}>
              {one.number !== null ? (
                <Link href={`/desk/${one.number}`}>
                  {one.number} · {one.label}
                </Link>
              ) : (
                one.label
              )}{' '}
              <small className="k-dim">{one.place}</small>
            </span>
            <small className="k-dim">
              <When at={one.since} />
              {one.until !== null && (
                <>
                  {' – '}
                  <When at={one.until} />
                </>
              )}
            </small>
            <Tag tone="warn">{t('room.not-handed-over')}</Tag>
            {can('shift.write') && (
              <SendButton
                variant="default"
                h={44}
                aria-label={`${t('room.accept')}: ${one.label}`}
                onClick={() => accept('single', [one])}
              >
                {t('room.accept')}
              </SendButton>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote error={action.error} />
      {can('shift.write') && items.length > 1 && (
        <>
          <Checkbox
            py={10}
            label={t('room.list-read', { count: items.length })}
            checked={read}
            onChange={(event) => setRead(event.currentTarget.checked)}
          />
          <SendButton
            h={44}
            disabled={!read}
            loading={action.isPending}
            onClick={() => accept('list', items)}
          >
            {t('room.accept-list', { count: items.length })}
          </SendButton>
        </>
      )}
    </div>
  );
}
