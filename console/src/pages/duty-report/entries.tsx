import type { AnyEntry } from '@keng/model';
import { useTranslation } from 'react-i18next';
import { useOrganisationName } from '../../api/queries.ts';
import { TimeOfDay } from '../../components/age.tsx';
import { When } from '../../components/when.tsx';
import paper from '../../styles/paper.module.css';
import { dutyLine } from '../shift/duty-line.ts';

/** The duty log as it is read: when, what, who. */
export function Entries({ entries }: { readonly entries: readonly AnyEntry[] }) {
  const { t } = useTranslation();
  const nameOf = useOrganisationName();
  const lines = entries.flatMap((entry) => {
    const line = dutyLine(entry);
    return line === null ? [] : [{ entry, line }];
  });
  if (lines.length === 0) return <p className="k-dim">{t('room.none')}</p>;
  return (
    <table className={paper.table} data-testid="duty-log">
      <tbody>
        {lines.map(({ entry, line }) => (
          <tr key={entry.position} data-kind={entry.kind} data-late={line.late !== null}>
            <td>
              <TimeOfDay at={entry.at} />
            </td>
            <td>
              {t(`room.${line.key}`, { ...line.params, desk: nameOf(String(line.params.desk ?? '')) })}
              {line.faults.length > 0 && `: ${line.faults.map((one) => t(`room.fault-${one}`)).join(', ')}`}
              {line.text !== null && <div>{line.text}</div>}
              {line.late !== null && (
                <small>
                  {t('room.late', { name: line.late })} <When at={entry.recordedAt} />
                </small>
              )}
            </td>
            <td>{entry.actor.name ?? (entry.organisation === null ? '' : nameOf(entry.organisation))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
