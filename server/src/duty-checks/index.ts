export { dutyCheckRoutes } from './routes.ts';
export { type Carrier, dutyCheckAnswered, dutyCheckDelivered } from './service.ts';
export { type UndeliveredDutyCheck, undeliveredDutyChecks } from './store.ts';
export { dutyCheckTimers, regularDutyChecks, startAbsenceWatch, startRegularDutyChecks } from './timers.ts';
