import { z } from 'zod';
import type {
  ContactId,
  FacilityId,
  IncidentId,
  OrganisationCode,
  SignalId,
  TransmitterId,
  UserId,
  WorksId,
} from '../ids.ts';

const id = <Id>() => z.uuid().transform((text) => text as Id);

export const signalId = id<SignalId>();
export const incidentId = id<IncidentId>();
export const facilityId = id<FacilityId>();
export const transmitterId = id<TransmitterId>();
export const contactId = id<ContactId>();
export const worksId = id<WorksId>();
export const userId = id<UserId>();
export const organisationCode = z
  .string()
  .min(1)
  .max(64)
  .transform((text) => text as OrganisationCode);
export const instant = z.iso.datetime();
/** Longitude and latitude in degrees, WGS 84. */
export const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
export const person = z.object({ id: userId, name: z.string().max(200) });

/** Code of a source in the country pack, which names it in the reader's language; entries of before hold its words. */
export const sourceCode = z.string().max(400);
/** A time limit as the country pack gave it on the day. */
export const limit = z.object({ seconds: z.number().positive(), source: sourceCode, official: z.boolean() });
export type Limit = z.infer<typeof limit>;

/** First half of SHA-256 of an e-mail address in small letters: enough to know whether it is still the same. Erased with its person. */
export const addressMark = z.string().min(1).max(32);
/** What a mail server says by number (RFC 3463): class, subject, detail. */
export const enhancedStatus = z.string().regex(/^[245]\.\d{1,3}\.\d{1,3}$/);

/** One kind of entry: the version its bodies are written in, and their schema. */
export interface EntryDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly version: number;
  readonly schema: Schema;
}

export function define<Schema extends z.ZodType>(version: number, schema: Schema): EntryDefinition<Schema> {
  return { version, schema };
}
