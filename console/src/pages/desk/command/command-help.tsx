import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Parsed, VERBS, type Verb, WRITTEN } from '../../../commands/grammar.ts';
import type { QueueRow } from '../../../worker/queue-row.ts';
import styles from './command-bar.module.css';
import type { CommandState } from './use-command.ts';

interface CommandHelpProps {
  readonly state: CommandState;
  readonly parsed: Parsed;
  readonly language: 'vi' | 'en';
  readonly marked: number;
  readonly onChoose: (row: QueueRow) => Promise<void>;
  readonly onConfirm: () => Promise<void>;
  readonly onType: (text: string) => void;
}

/** What stands above the bar: the verbs that fit, the incidents that may be meant, the question, or what came of it. */
export function CommandHelp({
  state,
  parsed,
  language,
  marked,
  onChoose,
  onConfirm,
  onType,
}: CommandHelpProps) {
  const { t } = useTranslation();
  // Pressing with the mouse must not take the focus out of the bar before the click arrives.
  const keepFocus = (event: React.MouseEvent) => event.preventDefault();
  switch (state.mode) {
    case 'said':
      return (
        <p className={styles.said} data-good={state.good} role="status">
          {state.text}
        </p>
      );
    case 'asking':
      return (
        <div className={styles.asking} role="alert" data-testid="command-ask">
          <p>
            {t('command.ask-dispatch', { number: state.row.number, name: state.row.name })}
            <strong>{state.row.address}</strong>
          </p>
          <Button h={44} onMouseDown={keepFocus} onClick={() => void onConfirm()}>
            {t('command.ask-confirm')}
          </Button>
          <span className="k-dim">{t('command.ask-leave')}</span>
        </div>
      );
    case 'choosing':
      return (
        <ul className={styles.list} aria-label={t('command.which')}>
          {state.rows.map((row, index) => (
            <li key={row.id}>
              <button
                type="button"
                tabIndex={-1}
                aria-current={index === marked}
                onMouseDown={keepFocus}
                onClick={() => void onChoose(row)}
              >
                <b>{row.number}</b> {row.name} <span className="k-dim">{row.address}</span>
              </button>
            </li>
          ))}
        </ul>
      );
    case 'typing':
      return <Verbs verbs={verbsFor(parsed)} language={language} onType={onType} keepFocus={keepFocus} />;
  }
}

function verbsFor(parsed: Parsed): readonly Verb[] {
  if (parsed.status === 'empty') return VERBS;
  if (parsed.status === 'unknown') return parsed.candidates;
  return [parsed.status === 'command' ? parsed.command.verb : parsed.verb];
}

interface VerbsProps {
  readonly verbs: readonly Verb[];
  readonly language: 'vi' | 'en';
  readonly onType: (text: string) => void;
  readonly keepFocus: (event: React.MouseEvent) => void;
}

function Verbs({ verbs, language, onType, keepFocus }: VerbsProps) {
  const { t } = useTranslation();
  if (verbs.length === 0) return <p className={styles.said}>{t('command.unknown')}</p>;
  return (
    <ul className={styles.verbs}>
      {verbs.map((verb) => (
        <li key={verb}>
          <button
            type="button"
            tabIndex={-1}
            onMouseDown={keepFocus}
            onClick={() => onType(`${WRITTEN[verb][language]} `)}
          >
            <b>{WRITTEN[verb][language]}</b> <span className="k-dim">{t(`command.help-${verb}`)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
