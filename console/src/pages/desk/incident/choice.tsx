import { Button, Input } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import styles from './incident-panel.module.css';

interface ChoiceProps<Option extends string> {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: Option | null;
  readonly onChange: (option: Option) => void;
  readonly text: (option: Option) => string;
  /** The first choice takes the focus when its dialog opens. */
  readonly autoFocus?: boolean;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Arrows go from choice to choice and choose nothing: that is for Enter or space. Tab goes on to the next question. */
function go(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const choices = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')];
  const at = choices.findIndex((one) => one.matches(':focus'));
  choices[(at + step + choices.length) % choices.length]?.focus();
}

/** All choices in sight, large enough to hit; nothing to open first. */
export function Choice<Option extends string>({
  label,
  options,
  value,
  onChange,
  text,
  autoFocus = false,
}: ChoiceProps<Option>) {
  return (
    <div role="radiogroup" aria-label={label} onKeyDown={go}>
      <Input.Label mb={4}>{label}</Input.Label>
      <div className={styles.choices}>
        {options.map((option, index) => (
          <Button
            key={option}
            role="radio"
            data-autofocus={(autoFocus && index === 0) || undefined}
            aria-checked={value === option}
            tabIndex={value === option || (value === null && index === 0) ? 0 : -1}
            variant={value === option ? 'filled' : 'default'}
            h="auto"
            mih={44}
            styles={{ label: { whiteSpace: 'normal' } }}
            onClick={() => onChange(option)}
          >
            {text(option)}
          </Button>
        ))}
      </div>
    </div>
  );
}
