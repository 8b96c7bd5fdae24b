import type { DeclaredFacts } from '@keng/model';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useHazardName } from '../../api/country-facts.ts';
import { useReview, useWaitingDeclarations, type WaitingDeclaration } from '../../api/facility-safety.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { When } from '../../components/when.tsx';
import styles from './page.module.css';

/** Each declaration beside what the register says now; what differs stands out. */
export function DeclarationReview() {
  const { t } = useTranslation();
  const query = useWaitingDeclarations(true);
  return (
    <AsyncState
      query={query}
      isEmpty={({ declarations }) => declarations.length === 0}
      empty={<Empty title={t('review.no-declaration')} help={t('review.no-declaration-help')} />}
    >
      {({ declarations }) => (
        <div className={styles.cards}>
          {declarations.map((one) => (
            <Waiting key={one.declaration.id} waiting={one} />
          ))}
        </div>
      )}
    </AsyncState>
  );
}

function Waiting({ waiting }: { readonly waiting: WaitingDeclaration }) {
  const { t } = useTranslation();
  const review = useReview();
  const [reason, setReason] = useState('');
  const { declaration, facility } = waiting;
  const lines = useLines();
  const before = lines(facility);
  const after = lines(declaration.facts);
  const path = `/declarations/${declaration.id}`;
  return (
    <Section
      title={facility.name}
      beside={<When at={declaration.sentAt} />}
      flush
      actions={
        <Link className={styles.link} href={`/facilities/${facility.id}`}>
          {t('review.open')}
        </Link>
      }
    >
      <table className={styles.compare}>
        <thead>
          <tr>
            <th scope="col">{t('review.fact')}</th>
            <th scope="col">{t('review.now')}</th>
            <th scope="col">{t('review.declared')}</th>
          </tr>
        </thead>
        <tbody>
          {before.map(([name, now], index) => {
            const declared = after[index]?.[1] ?? '';
            return (
              <tr key={name} data-changed={declared !== now}>
                <th scope="row">{name}</th>
                <td>{now || '–'}</td>
                <td>
                  {declared === now ? (
                    <span className="k-dim">{t('review.unchanged')}</span>
                  ) : (
                    declared || '–'
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {declaration.note !== '' && <p className={styles.note}>{declaration.note}</p>}
      <div className={styles.foot}>
        <TextInput
          label={t('review.refuse-reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          size="md"
        />
        <SendButton
          h={44}
          variant="default"
          disabled={reason.trim() === ''}
          loading={review.isPending}
          onClick={() => review.mutate({ path: `${path}/refuse`, body: { reason } })}
        >
          {t('review.refuse')}
        </SendButton>
        <SendButton
          h={44}
          loading={review.isPending}
          onClick={() => review.mutate({ path: `${path}/accept`, body: {} })}
        >
          {t('review.accept')}
        </SendButton>
      </div>
      <ProblemNote error={review.error} />
    </Section>
  );
}

/** Facts as lines of text, so that two of them can be compared by eye. */
function useLines(): (facts: DeclaredFacts) => readonly (readonly [name: string, text: string])[] {
  const { t } = useTranslation();
  const hazardName = useHazardName();
  return ({ name, address, contacts, hazards, onSiteForce, water }) => [
    [t('register.name'), name],
    [t('register.address'), address],
    [
      t('register.contacts'),
      contacts
        .map((one) => `${one.order}. ${one.name} ${one.telephone}${one.role && ` (${one.role})`}`)
        .join('; '),
    ],
    [t('register.hazards'), hazards.map(hazardName).join(', ')],
    [t('register.force-people'), `${onSiteForce.people} ${onSiteForce.description}`.trim()],
    [
      t('review.water'),
      water
        .map(({ kind, capacityM3, description }) =>
          [t(`review.water-${kind}`), capacityM3 === null ? '' : `${capacityM3} m³`, description]
            .filter(Boolean)
            .join(' '),
        )
        .join('; '),
    ],
  ];
}
