/**
 * Tables of GB/T 26875.3-2011, 8.2 and 8.3, as the handbook gives them (alarm-protocols.md, section 5). Names are ours; codes
 * that are not in a table are reserved or free for users and stay numbers.
 */

export const commandNames: ReadonlyMap<number, CommandName> = new Map([
  [1, 'control'],
  [2, 'send'],
  [3, 'confirm'],
  [4, 'request'],
  [5, 'answer'],
  [6, 'deny'],
]);
export type CommandName = 'control' | 'send' | 'confirm' | 'request' | 'answer' | 'deny';

/** Bits of the two-byte state of systems and components. Bit 0 clear means "test", and is never a reason to hold back a fire. */
export const stateBits = [
  'normal',
  'fire',
  'fault',
  'disabled',
  'supervisory',
  'activated',
  'feedback',
  'delay',
  'mains-fault',
  'battery-fault',
  'bus-fault',
  'manual-mode',
  'configuration-changed',
  'reset',
] as const;

/** Bits of the one-byte state of the transmission device itself (type 21). */
export const deviceStateBits = [
  'normal',
  'fire',
  'fault',
  'mains-fault',
  'battery-fault',
  'channel-fault',
  'panel-line-fault',
] as const;

/** Bits of an operation: of a system (type 4), and of the transmission device (type 24). */
export const operationBits = [
  'reset',
  'silence',
  'manual-alarm',
  'alarm-cleared',
  'self-test',
  'confirm',
  'test',
] as const;

export const deviceOperationBits = [
  'reset',
  'silence',
  'manual-alarm',
  'alarm-cleared',
  'self-test',
  'duty-check-answered',
  'test',
] as const;

export type StateFlag =
  | (typeof stateBits)[number]
  | (typeof deviceStateBits)[number]
  | (typeof operationBits)[number]
  | (typeof deviceOperationBits)[number];

/** Names of the bits that are set, lowest first; bits without a name are left out. */
export function flagsOf(value: number, names: readonly StateFlag[]): StateFlag[] {
  return names.filter((_, bit) => (value >>> bit) & 1);
}

export const systemTypes: ReadonlyMap<number, string> = new Map([
  [0, 'general'],
  [1, 'fire-alarm'],
  [10, 'linkage-controller'],
  [11, 'hydrants'],
  [12, 'sprinklers'],
  [13, 'gas-extinguishing'],
  [14, 'water-spray-pump'],
  [15, 'water-spray-pressure-vessel'],
  [16, 'foam'],
  [17, 'powder'],
  [18, 'smoke-control'],
  [19, 'doors-and-shutters'],
  [20, 'fire-lift'],
  [21, 'emergency-broadcast'],
  [22, 'emergency-lighting'],
  [23, 'fire-power-supply'],
  [24, 'fire-telephone'],
]);

export const partTypes: ReadonlyMap<number, string> = new Map([
  [0, 'general'],
  [1, 'control-panel'],
  [10, 'gas-detector'],
  [11, 'gas-detector-point'],
  [12, 'gas-detector-stand-alone'],
  [13, 'gas-detector-line'],
  [16, 'electrical-fire-monitor'],
  [17, 'residual-current-monitor'],
  [18, 'temperature-monitor'],
  [21, 'loop'],
  [22, 'repeater-panel'],
  [23, 'manual-call-point'],
  [24, 'hydrant-button'],
  [25, 'fire-detector'],
  [30, 'heat-detector'],
  [31, 'heat-detector-point'],
  [32, 'heat-detector-point-s'],
  [33, 'heat-detector-point-r'],
  [34, 'heat-detector-line'],
  [35, 'heat-detector-line-s'],
  [36, 'heat-detector-line-r'],
  [37, 'heat-detector-optical-fibre'],
  [40, 'smoke-detector'],
  [41, 'smoke-detector-ionisation'],
  [42, 'smoke-detector-photoelectric'],
  [43, 'smoke-detector-beam'],
  [44, 'smoke-detector-aspirating'],
  [50, 'combined-detector'],
  [51, 'smoke-and-heat-detector'],
  [52, 'flame-and-heat-detector'],
  [53, 'flame-and-smoke-detector'],
  [61, 'flame-detector-ultraviolet'],
  [62, 'flame-detector-infrared'],
  [69, 'flame-detector'],
  [74, 'gas-sensing-detector'],
  [78, 'video-detector'],
  [79, 'sound-detector'],
  [81, 'gas-extinguishing-controller'],
  [82, 'electrical-control-device'],
  [83, 'control-room-display'],
  [84, 'module'],
  [85, 'input-module'],
  [86, 'output-module'],
  [87, 'input-output-module'],
  [88, 'relay-module'],
  [91, 'fire-pump'],
  [92, 'fire-water-tank'],
  [95, 'sprinkler-pump'],
  [96, 'flow-indicator'],
  [97, 'signal-valve'],
  [98, 'alarm-valve'],
  [99, 'pressure-switch'],
  [101, 'valve-drive'],
  [102, 'fire-door'],
  [103, 'fire-valve'],
  [104, 'ventilation'],
  [105, 'foam-pump'],
  [106, 'solenoid-valve'],
  [111, 'smoke-fan'],
  [113, 'smoke-damper'],
  [114, 'air-inlet'],
  [115, 'smoke-outlet'],
  [116, 'smoke-curtain'],
  [117, 'shutter-controller'],
  [118, 'door-monitor'],
  [121, 'sounder'],
]);

/** What one step of an analogue value is (type 3). */
export interface AnalogueKind {
  readonly name: string;
  readonly unit: string;
  readonly step: number;
}

export const analogueKinds: ReadonlyMap<number, AnalogueKind> = new Map([
  [1, { name: 'count', unit: '', step: 1 }],
  [2, { name: 'height', unit: 'm', step: 0.01 }],
  [3, { name: 'temperature', unit: '°C', step: 0.1 }],
  [4, { name: 'pressure', unit: 'MPa', step: 0.1 }],
  [5, { name: 'pressure', unit: 'kPa', step: 0.1 }],
  [6, { name: 'gas-concentration', unit: '%LEL', step: 0.1 }],
  [7, { name: 'time', unit: 's', step: 1 }],
  [8, { name: 'voltage', unit: 'V', step: 0.1 }],
  [9, { name: 'current', unit: 'A', step: 0.1 }],
  [10, { name: 'flow', unit: 'L/s', step: 0.1 }],
  [11, { name: 'air-flow', unit: 'm³/min', step: 0.1 }],
  [12, { name: 'speed', unit: 'm/s', step: 1 }],
]);
