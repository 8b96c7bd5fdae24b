import { useMediaQuery } from '@mantine/hooks';

/** A telephone's own calendar is better for thumbs than any page's, and speaks the language of its owner. */
export const useThumb = (): boolean =>
  useMediaQuery('(pointer: coarse)', undefined, { getInitialValueInEffect: false }) ?? false;
