export { Fleet, type FleetCounts, type FleetOptions } from './fleet.ts';
export { Ledger, type LedgerLine } from './ledger.ts';
export { type PanelMessage, writeMessage } from './message.ts';
export { Panel } from './panel.ts';
export { type PanelLink, type Target, TcpLink, UdpLink } from './panel-link.ts';
export { Random } from './random.ts';
export {
  type RunningTelephoneGateway,
  startTelephoneGateway,
  type TelephoneGatewayOptions,
} from './telephone-gateway/index.ts';
export { QUIET_DAY, type TrafficProfile } from './traffic.ts';
