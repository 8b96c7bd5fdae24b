import type { FindingState, InspectionState } from '@keng/model';
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { nameAmong } from '../../../api/country-facts.ts';
import type { FacilityView } from '../../../api/facilities.ts';
import { useDuties, useInspections, useSelfInspections } from '../../../api/facility-safety.ts';
import { AsyncState } from '../../../components/async-state.tsx';
import { dayText, today } from '../../../components/centre-time.ts';
import { Section } from '../../../components/page.tsx';
import { Tag } from '../../../components/tag.tsx';
import { useSession } from '../../../session/session-context.tsx';
import { CloseFindingForm, MoveDeadlineForm, RecordForm } from './inspection-forms.tsx';
import styles from './safety.module.css';

/** A day as people here write it. */
export function Day({ of }: { readonly of: string }) {
  const { i18n } = useTranslation();
  return <time dateTime={of}>{dayText(i18n.language, of)}</time>;
}

/** What the owner looked through each month, and when the next is due. */
export function SelfInspectionsSection({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const duties = useDuties();
  const query = useSelfInspections(facility.id);
  return (
    <Section
      title={t('safety.self-inspections')}
      flush
      actions={
        can('facility.own') &&
        facility.removedAt === null && (
          <Button
            component={Link}
            href={`/my-facilities/${facility.id}/self-inspection`}
            variant="subtle"
            h={44}
          >
            {t('safety.self-inspect')}
          </Button>
        )
      }
    >
      <AsyncState query={query}>
        {({ selfInspections, dueOn, inspectionDueOn, today }) => (
          <>
            <p className={styles.due}>
              {dueOn !== null && (
                <span>
                  {t('safety.self-due')} <Day of={dueOn} />{' '}
                  {dueOn < today && <Tag tone="warn">{t('safety.overdue')}</Tag>}
                </span>
              )}
              {inspectionDueOn !== null && (
                <span className="k-dim">
                  {t('safety.inspection-due')} <Day of={inspectionDueOn} />{' '}
                  {inspectionDueOn < today && <Tag tone="warn">{t('safety.overdue')}</Tag>}
                </span>
              )}
            </p>
            {selfInspections.length === 0 && <p className={styles.none}>{t('safety.self-none')}</p>}
            <ul className={styles.lines}>
              {selfInspections.slice(0, 6).map((one) => {
                const defects = one.items.filter((item) => item.result === 'defect');
                return (
                  <li key={one.id}>
                    <strong>{one.month}</strong>
                    <Day of={one.on} />
                    <span className="k-dim">{one.inspectedBy}</span>
                    {defects.length === 0 ? (
                      <Tag tone="good">{t('safety.no-defect')}</Tag>
                    ) : (
                      <Tag tone="warn">{t('safety.defects', { count: defects.length })}</Tag>
                    )}
                    {defects.map((item) => (
                      <p key={item.code}>
                        {nameAmong(duties?.checklist, item.code)}: {item.note}
                      </p>
                    ))}
                    {one.remarks !== '' && <p className="k-dim">{one.remarks}</p>}
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </AsyncState>
    </Section>
  );
}

type Doing =
  | { readonly what: 'record' }
  | { readonly what: 'close' | 'move'; readonly inspection: InspectionState; readonly finding: FindingState };

/** Inspections of the police, each finding with its article and deadline until somebody has seen it put right. */
export function InspectionsSection({ facility }: { readonly facility: FacilityView }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const query = useInspections(facility.id);
  const [doing, set] = useState<Doing | null>(null);
  const close = () => set(null);
  return (
    <Section
      title={t('safety.inspections')}
      flush
      actions={
        can('inspection.write') &&
        facility.removedAt === null && (
          <Button variant="subtle" h={44} onClick={() => set({ what: 'record' })}>
            {t('safety.record')}
          </Button>
        )
      }
    >
      <AsyncState
        query={query}
        isEmpty={({ inspections }) => inspections.length === 0}
        empty={<p className={styles.none}>{t('safety.inspections-none')}</p>}
      >
        {({ inspections }) => (
          <ul className={styles.lines}>
            {inspections.map((one) => (
              <li key={one.id}>
                <strong>{t(`safety.kind-${one.kind}`)}</strong>
                <Day of={one.on} />
                {one.record !== null && <span className="k-dim">{one.record}</span>}
                <span className="k-dim">{one.recordedBy.name ?? ''}</span>
                {one.findings.length === 0 && <Tag tone="good">{t('safety.no-finding')}</Tag>}
                {one.conclusion !== '' && <p>{one.conclusion}</p>}
                {one.findings.map((finding) => (
                  <Finding
                    key={finding.id}
                    finding={finding}
                    onClose={() => set({ what: 'close', inspection: one, finding })}
                    onMove={() => set({ what: 'move', inspection: one, finding })}
                  />
                ))}
              </li>
            ))}
          </ul>
        )}
      </AsyncState>
      <Modal
        opened={doing !== null}
        onClose={close}
        size={doing?.what === 'record' ? 'xl' : 'md'}
        title={t(
          doing?.what === 'close'
            ? 'safety.close-finding'
            : doing?.what === 'move'
              ? 'safety.move'
              : 'safety.record',
        )}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {doing?.what === 'record' && <RecordForm facility={facility.id} onDone={close} />}
        {doing?.what === 'close' && <CloseFindingForm {...doing} onDone={close} />}
        {doing?.what === 'move' && <MoveDeadlineForm {...doing} onDone={close} />}
      </Modal>
    </Section>
  );
}

interface FindingProps {
  readonly finding: FindingState;
  readonly onClose: () => void;
  readonly onMove: () => void;
}

function Finding({ finding, onClose, onMove }: FindingProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const duties = useDuties();
  const { text, article, deadline, closed, moved } = finding;
  const late = closed === null && deadline < today();
  return (
    <div className={styles.finding}>
      <span className={styles.fill}>
        {text}
        {article !== null && <span className="k-dim"> · {nameAmong(duties?.articles, article)}</span>}
      </span>
      {closed === null ? (
        <Tag tone={late ? 'warn' : 'plain'}>
          {t(late ? 'safety.overdue-since' : 'safety.until')} <Day of={deadline} />
        </Tag>
      ) : (
        <Tag tone="good">
          {t('safety.closed')} <Day of={closed.on} />
        </Tag>
      )}
      {moved.length > 0 && <span className="k-dim">{t('safety.moved', { count: moved.length })}</span>}
      {closed !== null && <span className="k-dim">{closed.note}</span>}
      {closed === null && can('inspection.write') && (
        <>
          <Button h={44} variant="default" onClick={onClose}>
            {t('safety.close-finding')}
          </Button>
          <Button h={44} variant="subtle" onClick={onMove}>
            {t('safety.move')}
          </Button>
        </>
      )}
    </div>
  );
}
