import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WRITTEN } from '../../../commands/grammar.ts';
import { KeyHint } from '../../../components/key-hint.tsx';
import { useShortcuts } from '../../../components/use-shortcuts.ts';
import { useLive, useLiveStore } from '../../../live/live-context.tsx';
import { useDesk } from '../desk-context.tsx';
import styles from './command-bar.module.css';
import { CommandHelp } from './command-help.tsx';
import { useCommand } from './use-command.ts';

/** `/` from anywhere. Short typed commands with or without marks; a list when more than one may be meant; a dispatch asks once. */
export function CommandBar() {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [focused, setFocused] = useState(false);
  const [marked, setMarked] = useState(0);
  const command = useCommand();
  const { state, parsed, language } = command;
  useDeskKeys(() => input.current?.focus());
  const rows = state.mode === 'choosing' ? state.rows : [];
  const listed = Math.min(marked, Math.max(0, rows.length - 1));

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      void (rows.length > 0 ? command.choose(rows[listed]) : command.enter());
      setMarked(0);
    } else if (event.key === 'Escape') {
      if (state.mode === 'typing' && command.text === '') event.currentTarget.blur();
      command.leave();
    } else if (rows.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setMarked((listed + step + rows.length) % rows.length);
    } else if (event.key === 'Tab' && parsed.status === 'unknown' && parsed.candidates[0]) {
      event.preventDefault();
      command.type(`${WRITTEN[parsed.candidates[0]][language]} `);
    }
  };

  return (
    <div className={styles.bar}>
      {(focused || state.mode !== 'typing') && (
        <CommandHelp
          state={state}
          parsed={parsed}
          language={language}
          marked={listed}
          onChoose={command.choose}
          onConfirm={command.enter}
          onType={command.type}
        />
      )}
      <label className={styles.line}>
        <KeyHint of="/" />
        <span className="k-visually-hidden">{t('command.label')}</span>
        <input
          ref={input}
          className={styles.input}
          value={command.text}
          placeholder={t('command.placeholder')}
          onChange={(event) => {
            command.type(event.currentTarget.value);
            setMarked(0);
          }}
          onKeyDown={press}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={4_000}
          data-testid="command"
        />
        <span className={styles.hints} aria-hidden="true">
          <KeyHint of="N" /> {t('keys.next')} <KeyHint of="↑↓" /> {t('keys.move')} <KeyHint of="S" />{' '}
          {t('keys.silence')}
        </span>
      </label>
    </div>
  );
}

/** Keys of the whole desk: the bar, the next alarm nobody accepted, silence. */
function useDeskKeys(focus: () => void): void {
  const store = useLiveStore();
  const { first } = useLive('sound');
  const queue = useLive('queue');
  const { select, selected } = useDesk();
  const next = () => {
    const waiting = queue?.ids.find((id) => queue.rows.get(id)?.accepted === false && id !== selected);
    const target = first?.id ?? waiting ?? queue?.ids[0];
    if (target !== undefined) select(target);
  };
  useShortcuts({ '/': focus, n: next, s: () => store.send({ type: 'silence', id: 'all' }) });
}
