export type { Call, Message } from './call-book.ts';
export { telephoneGateway } from './command.ts';
export {
  type RunningTelephoneGateway,
  startTelephoneGateway,
  type TelephoneGatewayOptions,
} from './start-telephone-gateway.ts';
