import { useEffect, useRef } from 'react';

export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

/** Single keys do nothing while somebody writes or a dialog is open, and never with Ctrl, Alt or Meta. */
export function isForShortcuts(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented)
    return false;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return true;
  if (target.isContentEditable || target.closest('input, textarea, select, [role="menu"]')) return false;
  return globalThis.document.querySelector('[role="dialog"]') === null;
}

/** `key` as the keyboard says it: `/`, `a`, `ArrowDown`. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  current.current = shortcuts;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const run = current.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (run === undefined || event.repeat || !isForShortcuts(event)) return;
      event.preventDefault();
      run();
    };
    globalThis.addEventListener('keydown', press);
    return () => globalThis.removeEventListener('keydown', press);
  }, []);
}
