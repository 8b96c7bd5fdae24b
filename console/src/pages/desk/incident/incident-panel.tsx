import type { IncidentState } from '@keng/model';
import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../../api/problem-text.ts';
import { Empty, Loading } from '../../../components/async-state.tsx';
import { KeyHint } from '../../../components/key-hint.tsx';
import { useLive } from '../../../live/live-context.tsx';
import { useDesk } from '../desk-context.tsx';
import { ActionBar } from './action-bar.tsx';
import { AnswerDialog } from './answer-dialog.tsx';
import { Chronology } from './chronology.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { DispatchSection } from './dispatch-section.tsx';
import { IncidentClocks } from './incident-clocks.tsx';
import { IncidentHead } from './incident-head.tsx';
import styles from './incident-panel.module.css';
import { OwnerSection } from './owner-section.tsx';
import { StationSection } from './station-section.tsx';
import { ZonesTable } from './zones-table.tsx';

export function IncidentPanel() {
  const { t } = useTranslation();
  const open = useLive('open');
  if (open === null) return <NothingOpen />;
  if (open.incident !== null) return <OpenIncidentView key={open.id} incident={open.incident} />;
  if (open.problem !== null) return <Empty title={t('incident.not-loaded')} help={open.problem} />;
  return <Loading />;
}

function NothingOpen() {
  const { t } = useTranslation();
  return (
    <div className={styles.nothing}>
      <Empty title={t('incident.none')} help={t('incident.none-help')} />
      <dl className={styles.keys}>
        <dt>
          <KeyHint of="N" />
        </dt>
        <dd>{t('keys.next')}</dd>
        <dt>
          <KeyHint of="↑" /> <KeyHint of="↓" />
        </dt>
        <dd>{t('keys.move')}</dd>
        <dt>
          <KeyHint of="/" />
        </dt>
        <dd>{t('keys.command')}</dd>
        <dt>
          <KeyHint of="S" />
        </dt>
        <dd>{t('keys.silence')}</dd>
      </dl>
    </div>
  );
}

function OpenIncidentView({ incident }: { readonly incident: IncidentState }) {
  const { t } = useTranslation();
  const { error, dismissError, dialog } = useDesk();
  return (
    <>
      <IncidentHead incident={incident} />
      <div className={styles.body}>
        <DispatchSection incident={incident} />
        <IncidentClocks incident={incident} />
        <ZonesTable incident={incident} />
        <OwnerSection incident={incident} />
        <StationSection incident={incident} />
        <Chronology incident={incident} />
      </div>
      {/* Beside the buttons: what is scrolled away says nothing. */}
      {error !== null && dialog === null && (
        <Alert
          color="yellow"
          role="alert"
          title={t('note.not-done')}
          withCloseButton
          closeButtonLabel={t('common.close')}
          onClose={dismissError}
          radius={0}
        >
          <Text size="sm">{problemText(error)}</Text>
        </Alert>
      )}
      {incident.status === 'open' && <ActionBar incident={incident} />}
      {dialog === 'close' && <CloseDialog incident={incident} />}
      {dialog === 'answer' && <AnswerDialog incident={incident} />}
    </>
  );
}
