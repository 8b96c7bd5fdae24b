import type { DemonstrationFacility, DemonstrationTransmitter } from '@keng/country-vn';
import { Gb26875StreamReader } from '@keng/gb26875';
import { httpAnswers, MqttSpeech, mqttAnswers } from './device-speech.ts';
import type { Ledger } from './ledger.ts';
import type { PanelMessage } from './message.ts';
import { Panel } from './panel.ts';
import { type PanelLink, type Target, TcpLink, UdpLink } from './panel-link.ts';
import { Random } from './random.ts';
import type { DutyQuestion } from './speech.ts';
import { planNext, type TrafficProfile } from './traffic.ts';

export interface FleetOptions {
  readonly facilities: readonly DemonstrationFacility[];
  /** Most panels to run; each transmitter of the facilities is one. */
  readonly panels: number;
  /** Of DC-09. Null: its panels speak over the other; when both are null they stay silent. */
  readonly tcp: Target | null;
  readonly udp: Target | null;
  /** Null: panels that speak GB/T 26875.3 stay silent. */
  readonly gb26875: Target | null;
  readonly deviceApi: Target | null;
  readonly mqtt: Target | null;
  /** Share of panels that speak UDP. */
  readonly udpShare: number;
  readonly seed: number;
  readonly profile: TrafficProfile;
  /** How much faster than life a day goes by; heartbeats keep their real time. */
  readonly speed: number;
  readonly ledger: Ledger | null;
  /** Share of control rooms in which nobody answers a duty check. */
  readonly absentShare: number;
  /** Hours that local time is ahead of UTC, from the country pack. */
  readonly hoursAheadOfUtc: number;
}

export interface FleetCounts {
  readonly panels: number;
  /** Panels whose protocol no receiver hears: nobody plays them. */
  readonly unheard: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly alarms: number;
  /** Duty checks that devices were asked, and those that somebody answered. */
  readonly dutyChecks: number;
  readonly dutyAnswers: number;
}

interface Member {
  readonly panel: Panel;
  readonly transmitter: DemonstrationTransmitter;
  readonly random: Random;
  /** In its control room somebody is on duty. */
  readonly attended: boolean;
}

/** Seconds between the messages of one story: a detector needs a moment, a restore a person. */
const STORY_PAUSE_SECONDS = 20;
/** Panels are started spread over this time, so that they do not all speak in the same second for ever. */
const SPREAD_SECONDS = 30;

/** Whoever hears the device sound needs a moment to come; how long, nobody has measured. */
const ANSWER_SECONDS = { least: 3, most: 30 } as const;

/** Any number of panels with their timers; one timer each, none a message. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #members: Member[];
  readonly #unheard: number;
  readonly #timers = new Set<NodeJS.Timeout>();
  #sent = 0;
  #acknowledged = 0;
  #alarms = 0;
  #dutyChecks = 0;
  #dutyAnswers = 0;
  #stopped = false;
  #dark = false;

  constructor(options: FleetOptions) {
    this.#options = options;
    const random = new Random(options.seed);
    // Of its own, so that traffic stays the same whoever is absent.
    const absence = new Random(options.seed + 2);
    const all = options.facilities.flatMap((facility) => facility.transmitters);
    const heard = all.filter((transmitter) => isHeard(transmitter, options));
    this.#unheard = all.length - heard.length;
    this.#members = heard.slice(0, options.panels).map((transmitter) => {
      const member: Member = {
        transmitter,
        random: new Random(random.below(2 ** 31)),
        attended: absence.next() >= options.absentShare,
        panel: new Panel({
          transmitter,
          link: linkOf(transmitter, random.next() < options.udpShare, options),
          ledger: options.ledger,
          firstSequence: random.below(9_999),
          hoursAheadOfUtc: options.hoursAheadOfUtc,
          onDutyCheck: (question) => this.#asked(member, question),
        }),
      };
      return member;
    });
  }

  start(): void {
    for (const member of this.#members) {
      this.#after(member.random.next() * SPREAD_SECONDS, () => this.#beat(member));
      this.#plan(member);
    }
  }

  get counts(): FleetCounts {
    return {
      panels: this.#members.length,
      unheard: this.#unheard,
      sent: this.#sent,
      acknowledged: this.#acknowledged,
      alarms: this.#alarms,
      dutyChecks: this.#dutyChecks,
      dutyAnswers: this.#dutyAnswers,
    };
  }

  /** An alarm of one panel now, in its first smoke zone: for demonstrations on request. */
  async alarmNow(index: number): Promise<void> {
    const member = this.#members[index];
    const zone =
      member?.transmitter.zones.find((one) => one.kind === 'smoke') ?? member?.transmitter.zones[0];
    if (member && zone) await this.#say(member, { kind: 'alarm', zone });
  }

  /** Every panel sends alarms from random zones, `total` in all, at `perSecond`: one province in a typhoon night. */
  async storm(total: number, perSecond: number, onProgress: (sent: number) => void): Promise<void> {
    const random = new Random(this.#options.seed + 1);
    const started = Date.now();
    const under: Promise<void>[] = [];
    for (let count = 0; count < total && !this.#stopped; count += 1) {
      const due = started + (count * 1_000) / perSecond;
      const wait = due - Date.now();
      if (wait > 4) await new Promise((resolve) => setTimeout(resolve, wait));
      const member = random.pick(this.#members);
      under.push(this.#say(member, { kind: 'alarm', zone: random.pick(member.transmitter.zones) }));
      if (count % 500 === 499) onProgress(count + 1);
    }
    await Promise.all(under);
  }

  /** Power and network of all panels fail at once: connections break, and nobody says anything. */
  cutPower(): void {
    this.#dark = true;
    for (const { panel } of this.#members) panel.cut();
  }

  /** All come back in the same moment, and each says at once that it is there. */
  async restorePower(): Promise<void> {
    this.#dark = false;
    await Promise.all(this.#members.map((member) => this.#say(member, { kind: 'heartbeat', zone: null })));
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const member of this.#members) member.panel.stop();
  }

  #beat(member: Member): void {
    const every = member.transmitter.supervisionSeconds / this.#options.profile.heartbeatsPerReportingTime;
    void this.#say(member, { kind: 'heartbeat', zone: null });
    this.#after(every, () => this.#beat(member));
  }

  /** The device sounds: where somebody is on duty they press the button after a moment. */
  #asked(member: Member, { id }: DutyQuestion): void {
    this.#dutyChecks += 1;
    if (!member.attended) return;
    const { least, most } = ANSWER_SECONDS;
    this.#after(least + member.random.next() * (most - least), () => {
      this.#dutyAnswers += 1;
      void this.#say(member, { kind: 'duty-answer', zone: null, dutyCheck: id });
    });
  }

  #plan(member: Member): void {
    const hour = (new Date().getUTCHours() + this.#options.hoursAheadOfUtc) % 24;
    const next = planNext(member.transmitter, this.#options.profile, hour, member.random);
    this.#after(next.inSeconds / this.#options.speed, () => this.#tell(member, next.messages));
  }

  #tell(member: Member, messages: readonly PanelMessage[]): void {
    const [first, ...rest] = messages;
    if (first === undefined) {
      this.#plan(member);
      return;
    }
    void this.#say(member, first);
    this.#after(STORY_PAUSE_SECONDS * (0.5 + member.random.next()), () => this.#tell(member, rest));
  }

  async #say(member: Member, message: PanelMessage): Promise<void> {
    if (this.#dark) return;
    this.#sent += 1;
    if (message.kind === 'alarm') this.#alarms += 1;
    if ((await member.panel.send(message)) === 'ACK') this.#acknowledged += 1;
  }

  #after(seconds: number, act: () => void): void {
    if (this.#stopped) return;
    // setTimeout holds 24 days; what lies beyond is planned again by then.
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        act();
      },
      Math.min(seconds * 1_000, 2_000_000_000),
    );
    this.#timers.add(timer);
  }
}

/** Whether the centre listens to its protocol. */
function isHeard(
  { protocol }: DemonstrationTransmitter,
  {
    tcp,
    udp,
    gb26875,
    deviceApi,
    mqtt,
  }: Pick<FleetOptions, 'tcp' | 'udp' | 'gb26875' | 'deviceApi' | 'mqtt'>,
): boolean {
  if (protocol === 'gb26875') return gb26875 !== null;
  if (protocol === 'device-api') return deviceApi !== null;
  if (protocol === 'mqtt') return mqtt !== null;
  return tcp !== null || udp !== null;
}

function linkOf(
  transmitter: DemonstrationTransmitter,
  overUdp: boolean,
  { gb26875, deviceApi, mqtt, tcp, udp }: FleetOptions,
): PanelLink {
  const { protocol } = transmitter;
  if (protocol === 'device-api' && deviceApi !== null) return new TcpLink(deviceApi, httpAnswers);
  if (protocol === 'mqtt' && mqtt !== null)
    return new TcpLink(mqtt, mqttAnswers, new MqttSpeech(transmitter).hello());
  if (protocol === 'gb26875' && gb26875 !== null)
    return new TcpLink(gb26875, () => new Gb26875StreamReader());
  if (udp !== null && (overUdp || tcp === null)) return new UdpLink(udp);
  if (tcp === null) throw new TypeError(`no receiver hears ${protocol}`);
  return new TcpLink(tcp);
}
