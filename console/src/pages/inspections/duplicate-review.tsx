import type { FacilityState } from '@keng/model';
import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type DuplicateProposal, useDuplicates, useReview } from '../../api/facility-safety.ts';
import { AsyncState, Empty } from '../../components/async-state.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { Tag } from '../../components/tag.tsx';
import styles from './page.module.css';

/** Pairs that may be one facility, with the reasons; a person says which one stays, or that they are two. */
export function DuplicateReview() {
  const { t } = useTranslation();
  const query = useDuplicates(true);
  return (
    <AsyncState
      query={query}
      isEmpty={({ pages }) => pages.every((page) => page.proposals.length === 0) && !query.hasNextPage}
      empty={<Empty title={t('review.no-duplicate')} help={t('review.no-duplicate-help')} />}
    >
      {({ pages }) => {
        const proposals = pages.flatMap((page) => page.proposals);
        return (
          <div className={styles.cards}>
            {proposals.map((one) => (
              <Pair key={one.facilities.map((facility) => facility.id).join()} proposal={one} />
            ))}
            <LoadMore query={query} shown={proposals.length} />
          </div>
        );
      }}
    </AsyncState>
  );
}

function Pair({ proposal }: { readonly proposal: DuplicateProposal }) {
  const { t } = useTranslation();
  const review = useReview();
  const [one, other] = proposal.facilities;
  const [keep, setKeep] = useState<string>(one.id);
  const [because, setBecause] = useState('');
  const gone = keep === one.id ? other : one;
  const ready = because.trim() !== '';
  return (
    <Section
      title={`${one.name} – ${other.name}`}
      beside={t('review.points', { count: proposal.points })}
      flush
    >
      <p className={styles.reasons}>
        {proposal.reasons.map((reason) => (
          <Tag key={reason.code} tone={reason.points > 0 ? 'accent' : 'plain'}>
            {t(`review.reason-${reason.code}`, {
              value: reason.value ?? '',
              percent: reason.percent ?? '',
              metres: reason.metres ?? '',
            })}{' '}
            {reason.points > 0 ? `+${reason.points}` : reason.points}
          </Tag>
        ))}
      </p>
      <table className={styles.compare}>
        <tbody>
          {rows(one, other).map(([name, left, right]) => (
            <tr key={name}>
              <th scope="row">{t(name)}</th>
              <td>{left || '–'}</td>
              <td>{right || '–'}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('review.open')}</th>
            {[one, other].map((facility) => (
              <td key={facility.id}>
                <Link className={styles.link} href={`/facilities/${facility.id}`}>
                  {facility.name}
                </Link>
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <p className={styles.note}>
        {t('review.stays')}{' '}
        <SegmentedControl
          aria-label={t('review.stays')}
          value={keep}
          onChange={setKeep}
          data={[
            { value: one.id, label: t('review.left') },
            { value: other.id, label: t('review.right') },
          ]}
        />
      </p>
      <div className={styles.foot}>
        <TextInput
          label={t('review.because')}
          value={because}
          onChange={(event) => setBecause(event.currentTarget.value)}
          maxLength={500}
          size="md"
        />
        <SendButton
          h={44}
          variant="default"
          disabled={!ready}
          loading={review.isPending}
          onClick={() =>
            review.mutate({ path: `/facilities/${one.id}/keep-apart`, body: { other: other.id, because } })
          }
        >
          {t('review.apart')}
        </SendButton>
        <SendButton
          h={44}
          disabled={!ready}
          loading={review.isPending}
          onClick={() =>
            review.mutate({ path: `/facilities/${keep}/merge`, body: { duplicate: gone.id, because } })
          }
        >
          {t('review.merge')}
        </SendButton>
      </div>
      <ProblemNote error={review.error} />
    </Section>
  );
}

function rows(one: FacilityState, other: FacilityState): readonly (readonly [string, string, string])[] {
  const both = (read: (facility: FacilityState) => string) => [read(one), read(other)] as const;
  return [
    ['register.name', ...both((facility) => facility.name)],
    ['register.address', ...both((facility) => facility.address)],
    ['register.reference', ...both((facility) => facility.reference ?? '')],
    [
      'register.contacts',
      ...both((facility) =>
        facility.contacts.map((contact) => `${contact.name} ${contact.telephone}`).join('; '),
      ),
    ],
    [
      'register.transmitters',
      ...both((facility) => facility.transmitters.map((transmitter) => transmitter.account).join(', ')),
    ],
  ];
}
