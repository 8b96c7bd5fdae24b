import { createTheme, localStorageColorSchemeManager, type MantineColorsTuple, Modal } from '@mantine/core';

/** The one accent: a calm instrument blue. Fire red belongs to alarms that nobody has accepted, and to nothing else. */
const instrument: MantineColorsTuple = [
  '#eaf3fc',
  '#d3e4f5',
  '#a8c9ea',
  '#7bacdf',
  '#5793d4',
  '#3f83cc',
  '#2f74bd',
  '#2463a5',
  '#1b5490',
  '#0c3d6d',
];

const fire: MantineColorsTuple = [
  '#ffebe9',
  '#ffd5d1',
  '#fba9a2',
  '#f87a70',
  '#f45245',
  '#ea3324',
  '#d3271a',
  '#b41d12',
  '#96160d',
  '#6e0c06',
];

/** Mantine's greys as steps of our own blue-grey ground: text, borders, hovered, raised, panel, ground. */
const dark: MantineColorsTuple = [
  '#e8eef4',
  '#c3ced9',
  '#a3b1bf',
  '#6b7c8d',
  '#344250',
  '#26313c',
  '#1b242d',
  '#141b22',
  '#0d1217',
  '#080c10',
];

const FONT = "'Noto Sans Variable', 'Noto Sans SC Variable', 'Noto Sans', system-ui, sans-serif";

export const theme = createTheme({
  colors: { instrument, fire, dark },
  primaryColor: 'instrument',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  fontFamily: FONT,
  fontFamilyMonospace: "ui-monospace, 'DejaVu Sans Mono', monospace",
  headings: { fontFamily: FONT, fontWeight: '650' },
  defaultRadius: 6,
  // Steps of 4 px.
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    // What goes on behind a dialog stays readable: an alarm may arrive there.
    Modal: Modal.extend({
      defaultProps: {
        overlayProps: { backgroundOpacity: 0.35, blur: 0 },
        // Its <header> is the head of a dialog, not a second banner of the page.
        attributes: { header: { role: 'none' } },
      },
      // In the dark a dialog is hardly lighter than what it covers.
      styles: { content: { border: '1px solid var(--k-line-strong)' } },
    }),
  },
});

/** Desk rooms are dark, so dark is what a new desk starts with. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'keng.color-scheme' });
