import '@mantine/core/styles.css';
import '@fontsource-variable/noto-sans';
import './styles/base.css';
import { startEarly } from './early.ts';

// What takes the centre time is asked for first; the code of the screen comes meanwhile.
startEarly();
await import('./start.tsx');
