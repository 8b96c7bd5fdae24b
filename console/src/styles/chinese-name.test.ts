import fs from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { LANGUAGE_NAMES } from '../i18n.ts';

/** A style sheet's font files, with the characters that each is asked for. */
function facesOf(css: string): { file: string; holds: (character: string) => boolean }[] {
  return [...css.matchAll(/@font-face\s*{([^}]*)}/g)].map(([, face = '']) => {
    const file = /([\w-]+\.woff2)/.exec(face)?.[1] ?? '';
    const ranges = (/unicode-range:([^;]*)/.exec(face)?.[1] ?? '').split(',').map((range) => {
      const [from = '', to = from] = range.trim().slice(2).split('-');
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
    });
    const holds = (character: string) => {
      const code = character.codePointAt(0) ?? 0;
      return ranges.some(([from, to]) => from <= code && code <= to);
    };
    return { file, holds };
  });
}

const own = facesOf(fs.readFileSync(new URL('./chinese-name.css', import.meta.url), 'utf8'));
const whole = facesOf(
  fs.readFileSync(
    createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/index.css'),
    'utf8',
  ),
);

test.each([...LANGUAGE_NAMES.zh])(
  'the part of the Chinese font that holds %s comes with every language',
  (character) => {
    const shipped = own.filter((face) => face.holds(character)).map((face) => face.file);
    // The same file as in the whole font: another edition of it may cut its parts elsewhere.
    expect(shipped).toEqual(whole.filter((face) => face.holds(character)).map((face) => face.file));
    expect(shipped).toHaveLength(1);
  },
);
