import { Alert, Anchor, Button, FileButton, Group, Progress, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type ImportMode, type ImportReport, useImportFacilities } from '../../api/facility-import.ts';
import type { ImportProgress } from '../../api/follow-import.ts';
import { PageFrame, Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { ImportProblems } from './import-problems.tsx';
import styles from './page.module.css';

/** From a CSV or XLSX file: first checked, then the good rows or all or nothing. Nothing is taken before somebody has seen the check. */
export function Page() {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const importing = useImportFacilities();
  const { data: report, variables, isPending, error, progress } = importing;
  const done = variables?.mode !== undefined && variables.mode !== 'check' ? report : undefined;

  const choose = (chosen: File | null) => {
    setFile(chosen);
    importing.reset();
    if (chosen) importing.mutate({ file: chosen, mode: 'check' });
  };
  const take = (mode: ImportMode) => file && importing.mutate({ file, mode });

  return (
    <PageFrame
      width="form"
      title={t('import.title')}
      actions={
        <Button component={Link} href="/facilities" variant="subtle" h={44}>
          {t('common.back')}
        </Button>
      }
    >
      <div className={styles.steps}>
        <Section title={t('import.choose')}>
          <Group gap="lg">
            <FileButton onChange={choose} accept=".csv,.xlsx,text/csv" disabled={isPending}>
              {(props) => (
                <Button {...props} h={44} variant={file === null ? 'filled' : 'default'}>
                  {t('import.choose-file')}
                </Button>
              )}
            </FileButton>
            {file !== null && (
              <Text fw={600}>
                {file.name} <span className="k-dim">{Math.ceil(file.size / 1024)} kB</span>
              </Text>
            )}
            <Anchor href="/api/facilities/template.csv" download="facilities.csv" className={styles.template}>
              {t('import.template')}
            </Anchor>
            <Anchor href="/api/facilities/template.xlsx" download="facilities.xlsx">
              {t('table.template-xlsx')}
            </Anchor>
          </Group>
          <Text size="sm" c="dimmed" mt="sm">
            {t('import.help')}
          </Text>
          {isPending && (
            <Working progress={progress} checks={variables.mode === 'check'} onStop={importing.stop} />
          )}
          {importing.stopped && !isPending && <Stopped onCheck={() => choose(file)} />}
          <ProblemNote error={error} />
        </Section>
        {report && !isPending && done === undefined && <Checked report={report} onTake={take} />}
        {done && !isPending && <Done report={done} />}
        {report && report.problems.length > 0 && !isPending && <ImportProblems report={report} />}
      </div>
    </PageFrame>
  );
}

interface WorkingProps {
  readonly progress: ImportProgress | null;
  readonly checks: boolean;
  readonly onStop: () => void;
}

/** How far the centre is. The number is not read out again and again: a screen reader asks the bar. */
function Working({ progress, checks, onStop }: WorkingProps) {
  const { t, i18n } = useTranslation();
  const part = progress?.part ?? null;
  const number = (value: number): string => value.toLocaleString(i18n.language);
  const rowsOf = ({ rows, all }: ImportProgress): string =>
    all === null
      ? t('import.rows', { count: rows })
      : t('import.rows-of', { rows: number(rows), count: all, all: number(all) });
  return (
    <div className={styles.working}>
      <Progress
        value={part === null ? 100 : part * 100}
        animated={part === null}
        aria-label={t('import.working')}
      />
      <Group justify="space-between">
        <span>
          <span role="status">{checks ? t('import.checking') : t('import.taking')}</span>{' '}
          {progress !== null && <span className="k-dim">{rowsOf(progress)}</span>}
        </span>
        <Button variant="default" h={44} onClick={onStop}>
          {t('import.stop')}
        </Button>
      </Group>
    </div>
  );
}

function Stopped({ onCheck }: { readonly onCheck: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="gray" role="status" title={t('import.stopped')} mt="md">
      <Text size="sm" mb="sm">
        {t('import.stopped-help')}
      </Text>
      <SendButton variant="default" h={44} onClick={onCheck}>
        {t('import.check-again')}
      </SendButton>
    </Alert>
  );
}

interface CheckedProps {
  readonly report: ImportReport;
  readonly onTake: (mode: ImportMode) => void;
}

function Checked({ report, onTake }: CheckedProps) {
  const { t } = useTranslation();
  const { rows, taken, registered, changed, refused } = report;
  return (
    <Section title={t('import.checked')}>
      <p className={styles.numbers}>
        <span>{t('import.rows', { count: rows })}</span>
        <span data-tone="good">{t('import.good', { count: taken })}</span>
        <span data-tone={refused > 0 ? 'warn' : undefined}>{t('import.bad', { count: refused })}</span>
      </p>
      <p className="k-dim">
        {t('import.new-facilities', { count: registered })} ·{' '}
        {t('import.changed-facilities', { count: changed })}
      </p>
      <Group mt="md">
        {refused === 0 ? (
          <SendButton h={44} disabled={taken === 0} onClick={() => onTake('all-or-nothing')}>
            {t('import.take-all', { count: taken })}
          </SendButton>
        ) : (
          <>
            <SendButton h={44} disabled={taken === 0} onClick={() => onTake('take-good')}>
              {t('import.take-good', { count: taken })}
            </SendButton>
            <Text size="sm" c="dimmed">
              {t('import.or-correct')}
            </Text>
          </>
        )}
      </Group>
    </Section>
  );
}

function Done({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation();
  const nothing = report.taken === 0;
  return (
    <Section title={nothing ? t('import.nothing-taken') : t('import.done')}>
      <p className={styles.numbers} role="status">
        <span data-tone={nothing ? 'warn' : 'good'}>{t('import.taken', { count: report.taken })}</span>
        <span>{t('import.new-facilities', { count: report.registered })}</span>
        <span>{t('import.changed-facilities', { count: report.changed })}</span>
        {report.refused > 0 && <span data-tone="warn">{t('import.bad', { count: report.refused })}</span>}
      </p>
      <Button component={Link} href="/facilities" h={44} mt="md" variant="default">
        {t('import.look')}
      </Button>
    </Section>
  );
}
