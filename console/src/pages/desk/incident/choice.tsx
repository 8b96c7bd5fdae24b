import { Button, Input } from '@mantine/core';
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
    <div role="radiogroup" aria-label={label}>
      <Input.Label mb={4}>{label}</Input.Label>
      <div className={styles.choices}>
        {options.map((option, index) => (
          <Button
            key={option}
            role="radio"
            data-autofocus={(autoFocus && index === 0) || undefined}
            aria-checked={value === option}
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
