import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { DateField } from '../../components/date/date-field.tsx';

interface DayBarProps {
  /** The page of a day, without it. */
  readonly path: string;
  readonly csv: string;
  readonly date: string;
}

/** The day of a report, and its ways out: paper and CSV. */
export function DayBar({ path, csv, date }: DayBarProps) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <span className="k-no-print" style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'end' }}>
      <Button component={Link} href="/shift" variant="subtle" h={44}>
        {t('place.shift')}
      </Button>
      <DateField
        aria-label={t('room.day')}
        value={date}
        onChange={(day) => day !== '' && navigate(`${path}/${day}`)}
      />
      <Button component="a" href={`/api${csv}?date=${date}&format=csv`} download variant="default" h={44}>
        CSV
      </Button>
      <Button h={44} onClick={() => globalThis.print()}>
        {t('room.print')}
      </Button>
    </span>
  );
}
