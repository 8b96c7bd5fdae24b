import { contact, facilityBody, transmitter } from '@keng/model';
import { z } from 'zod';

/** A facility as a form or a file gives it: ids only for what is there already, nothing that only the server knows. */
const contactInput = contact.partial({ id: true });
const transmitterInput = transmitter.omit({ encrypted: true }).partial({ id: true });

export const facilityInput = facilityBody.extend({
  contacts: z.array(contactInput).max(20),
  transmitters: z.array(transmitterInput).max(50),
  synthetic: z.boolean().default(false),
});

export type FacilityInput = z.infer<typeof facilityInput>;
export type ContactInput = FacilityInput['contacts'][number];
export type TransmitterInput = FacilityInput['transmitters'][number];
