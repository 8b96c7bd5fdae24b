import {
  type CountryPack,
  firstMeasuresFor,
  messageText,
  type SpokenLanguage,
  telephoneText,
} from '@keng/country-vn';
import { type Contact, type JoinedSignal, WHOLE_PANEL } from '@keng/model';

type Language = Contact['language'];
type Pack = Pick<
  CountryPack,
  'messages' | 'telephone' | 'firstMeasures' | 'country' | 'words' | 'emergencyNumbers'
>;

/** What a call or message is about. */
export interface Occasion {
  readonly facility: string;
  readonly address: string;
  readonly zones: readonly Pick<JoinedSignal, 'zone' | 'zoneLabel'>[];
  readonly at: Date;
}

export interface FirstMeasureText {
  readonly code: string;
  readonly vi: string;
  readonly en: string;
  readonly ru: string;
  readonly zh: string;
}

/** Zones named in one call: more are not understood by a listener. */
const MOST_ZONES = 3;

/** The country's words for the telephone and for the owner's page. */
export class Wording {
  readonly #pack: Pack;
  readonly #time: Intl.DateTimeFormat;
  readonly #keys: Readonly<Record<string, string>>;

  constructor(pack: Pack) {
    this.#pack = pack;
    this.#keys = Object.fromEntries(pack.telephone.keys.map(({ key, answer }) => [key, answer]));
    this.#time = new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      timeZone: pack.country.timeZone,
    });
  }

  /** Which of the spoken languages somebody hears whose own is another. */
  spoken(language: Language): SpokenLanguage {
    return language === 'vi' ? 'vi' : 'en';
  }

  text(code: string, language: SpokenLanguage, occasion: Occasion): string {
    return telephoneText(this.#pack, code, language, this.#values(language, occasion));
  }

  /** What e-mail and web push say, in each language of the console. */
  message(
    code: string,
    language: Language,
    occasion: Occasion,
  ): { readonly subject: string; readonly text: string } {
    return messageText(this.#pack, code, language, this.#values(language, occasion));
  }

  /** Of the country: at what minute of its day something happens. */
  minuteOfDay(at: Date): number {
    const [hours = '0', minutes = '0'] = this.#time.format(at).split(':');
    return (Number(hours) % 24) * 60 + Number(minutes);
  }

  #values(language: Language, occasion: Occasion) {
    return {
      facility: occasion.facility,
      address: occasion.address,
      zone: this.#zones(occasion.zones, language),
      time: this.#time.format(occasion.at),
    };
  }

  /** What is read out after "the fire is real". */
  measuresAloud(category: string, language: SpokenLanguage): string[] {
    return firstMeasuresFor(this.#pack, category).map((measure) => measure.texts[language]);
  }

  measures(category: string): FirstMeasureText[] {
    return firstMeasuresFor(this.#pack, category).map(({ code, texts }) => ({ code, ...texts }));
  }

  /** What a key means; null: nothing. */
  answerOfKey(key: string): 'real' | 'false' | 'checking' | 'repeat' | null {
    return this.#pack.telephone.keys.find((one) => one.key === key)?.answer ?? null;
  }

  get keys(): Readonly<Record<string, string>> {
    return this.#keys;
  }

  /** The number of the fire service. */
  get timeZone(): string {
    return this.#pack.country.timeZone;
  }

  get emergencyNumber(): string | null {
    return this.#pack.emergencyNumbers.find((one) => one.code === 'fire')?.number ?? null;
  }

  #zones(zones: Occasion['zones'], language: Language): string {
    const names = zones.flatMap(({ zone, zoneLabel }) => {
      if (zoneLabel) return [zoneLabel];
      return zone === WHOLE_PANEL ? [] : [zone];
    });
    const told = [...new Set(names)].slice(0, MOST_ZONES).join(', ');
    // The panel named no zone: the sentence still needs a word there.
    return told === '' ? this.#word('alarm', language) : told;
  }

  #word(code: string, language: Language): string {
    return this.#pack.words.incidentWords.find((one) => one.code === code)?.names[language] ?? code;
  }
}
