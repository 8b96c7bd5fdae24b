import type { FacilityState, IncidentState } from '@keng/model';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get, trusted } from '../../../api/client.ts';
import { Age } from '../../../components/age.tsx';
import { KeyHint } from '../../../components/key-hint.tsx';
import { SendButton } from '../../../components/send-button.tsx';
import { Tag, type Tone } from '../../../components/tag.tsx';
import { useDesk } from '../desk-context.tsx';
import { type ContactLine, contactLines } from './contact-lines.ts';
import styles from './incident-panel.module.css';

export function useContactsOf(incident: IncidentState) {
  const { can } = useDesk();
  return useQuery({
    queryKey: ['facility', incident.facility.id],
    queryFn: ({ signal }) => get(`/facilities/${incident.facility.id}`, trusted<FacilityState>(), signal),
    enabled: can('facility.read'),
    staleTime: 300_000,
  });
}

const TONES: Readonly<Record<ContactLine['result'], Tone>> = {
  ringing: 'accent',
  delivered: 'plain',
  answered: 'good',
  'no-answer': 'warn',
  failed: 'warn',
  none: 'plain',
};

export function OwnerSection({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const { can, openDialog } = useDesk();
  const { data } = useContactsOf(incident);
  const { answer, answers, measuresShownAt } = incident.owner;
  const lines = contactLines(incident.owner, data?.contacts ?? []);
  return (
    <section className={styles.section}>
      <h3 className={styles.sectionTitle}>
        <span>{t('owner.title')}</span>
        {measuresShownAt !== null && <span>{t('owner.measures-shown')}</span>}
      </h3>
      <p className={styles.answer}>{t(`owner.answer-${answer}`)}</p>
      {answers.map((one) => (
        <p key={`${one.at}${one.name}`} className={styles.facts}>
          {one.name}: {t(`answer.${one.answer}`)} · {t(`channel.${one.channel}`)} · <Age at={one.at} />
        </p>
      ))}
      {lines.map((line) => (
        <div key={line.key} className={styles.contact}>
          <span className={styles.contactName}>
            <span>{line.name}</span> <span className="k-dim">{line.role}</span>
          </span>
          {line.telephone !== null && (
            <a className={styles.telephone} href={`tel:${line.telephone}`}>
              {line.telephone}
            </a>
          )}
          <Tag tone={TONES[line.result]}>{t(`contact.${line.result}`)}</Tag>
        </div>
      ))}
      {incident.status === 'open' && can('incident.verify') && (
        <SendButton variant="default" h={36} mt={8} onClick={() => openDialog('answer')}>
          {t('owner.write-answer')} &nbsp; <KeyHint of="O" />
        </SendButton>
      )}
    </section>
  );
}
