import { type CountryPack, timerFor } from '@keng/country-vn';
import {
  type Contact,
  type ContactRecord,
  type ContactWay,
  newUuid,
  type OrganisationCode,
} from '@keng/model';
import type { FacilityForAlarm } from '../facilities/index.ts';
import { afterQuiet, languageOf } from './contacts/rules.ts';
import { type JobDraft, type JobSubject, type Payload, PUSH_ADDRESS } from './job.ts';
import { type Occasion, Wording } from './wording.ts';

/** A message that is no fire alarm: said to one contact at a time, by the ways they asked for, outside of their quiet hours. */
export interface Notice {
  readonly subject: JobSubject;
  readonly purpose: string;
  /** Of the country pack: `sms.CODE` of the telephone, CODE of the messages. */
  readonly code: string;
  readonly place: FacilityForAlarm;
  /** Overrides the organisation of the facility. */
  readonly organisation?: OrganisationCode;
  readonly occasion: Omit<Occasion, 'at'> & { readonly at: string };
}

/** Writes notices in the words of the country. */
export class NoticeWriter {
  readonly #wording: Wording;
  /** After so long without being delivered a notice goes by the next way. */
  readonly nextWaySeconds: number;

  constructor(country: CountryPack) {
    this.#wording = new Wording(country);
    this.nextWaySeconds = timerFor(country, 'notify.next-way').seconds;
  }

  job(notice: Notice, contact: Contact, record: ContactRecord | null, way: ContactWay, now: Date): JobDraft {
    const language = languageOf(contact, record);
    return {
      ...notice.subject,
      id: newUuid(now.getTime()),
      facility: notice.place.summary.id,
      organisation: notice.organisation ?? notice.place.organisation,
      contact: contact.id,
      name: contact.name,
      webhook: null,
      channel: way,
      purpose: notice.purpose,
      lane: 2,
      address: addressOf(contact, way),
      language: way === 'sms' ? this.#wording.spoken(language) : language,
      payload: this.#payload(notice, language, way),
      dueAt: afterQuiet(record, now, this.#wording.minuteOfDay(now)),
    };
  }

  #payload({ code, occasion }: Notice, language: Contact['language'], way: ContactWay): Payload {
    const about: Occasion = { ...occasion, at: new Date(occasion.at) };
    if (way === 'sms') {
      const text = this.#wording.text(`sms.${code}`, this.#wording.spoken(language), about);
      return { kind: 'sms', text, link: false };
    }
    const { subject, text } = this.#wording.message(code, language, about);
    return way === 'push'
      ? { kind: 'push', title: subject, text, link: false }
      : { kind: 'email', subject, text, link: false };
  }
}

function addressOf(contact: Contact, way: ContactWay): string {
  if (way === 'push') return PUSH_ADDRESS;
  return way === 'email' ? (contact.email ?? '') : contact.telephone;
}
