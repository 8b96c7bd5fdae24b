import { type IncidentState, STATION_STATES, type StationState } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { Age, TimeOfDay } from '../../components/age.tsx';
import { KeyHint } from '../../components/key-hint.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useShortcuts } from '../../components/use-shortcuts.ts';
import { useLocked } from '../../live/use-locked.ts';
import styles from './order.module.css';
import { useStationAction } from './use-station-action.ts';

interface OrderActionsProps {
  readonly incident: IncidentState;
  readonly onAct: () => void;
}

/** First one big button; once accepted, one key for each state of the team. A state can be said again: nothing is final here. */
export function OrderActions({ incident, onAct }: OrderActionsProps) {
  const { t } = useTranslation();
  const locked = useLocked();
  const action = useStationAction();
  const { id, stationAccepted, stationState } = incident;
  const disabled = locked !== null || action.isPending;

  const accept = () => {
    onAct();
    action.mutate({ id, action: { name: 'station-accept' } });
  };
  const report = (state: StationState) => {
    onAct();
    action.mutate({ id, action: { name: 'station-report', state } });
  };
  const reports = STATION_STATES.map((state, index) => [String(index + 1), () => report(state)] as const);
  const keys = stationAccepted === null ? [['Enter', accept] as const] : reports;
  useShortcuts(disabled ? {} : Object.fromEntries(keys));

  return (
    <div className={styles.actions}>
      {locked !== null && (
        <p className={styles.locked} role="status">
          {t(`order.locked-${locked}`)}
        </p>
      )}
      {stationAccepted === null ? (
        <button
          type="button"
          className={styles.accept}
          disabled={disabled}
          onClick={accept}
          data-testid="station-accept"
        >
          <span>{t('order.accept')}</span>
          <span className={styles.acceptHelp}>
            {t('order.accept-help')} <KeyHint of="Enter" />
          </span>
        </button>
      ) : (
        <>
          <p className={styles.accepted}>
            {t('order.accepted-by', { name: stationAccepted.name })} <TimeOfDay at={stationAccepted.at} />
          </p>
          <fieldset className={styles.states}>
            <legend className="k-visually-hidden">{t('order.report')}</legend>
            {STATION_STATES.map((state, index) => (
              <button
                key={state}
                type="button"
                disabled={disabled}
                aria-pressed={stationState?.state === state}
                onClick={() => report(state)}
              >
                <KeyHint of={String(index + 1)} />
                <span>{t(`station-state.${state}`)}</span>
                {stationState?.state === state && <Age at={stationState.at} />}
              </button>
            ))}
          </fieldset>
        </>
      )}
      <ProblemNote error={action.error} />
    </div>
  );
}
