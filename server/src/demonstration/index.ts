export { type DemonstrationOptions, demonstrationPassword, loadDemonstration } from './load.ts';
export { type DemonstrationLogIn, LOG_INS } from './log-ins.ts';
