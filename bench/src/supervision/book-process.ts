import { randomUUID } from 'node:crypto';
import { type FacilityId, type OrganisationCode, PATH_MEDIA, type TransmitterId } from '@keng/model';
import { LinkBook } from '../../../server/src/intake/supervision/link-book.ts';
import { answerParent } from '../child.ts';

/** The supervisor's book with all devices of the country, alone in a process that can be weighed (--expose-gc). */
answerParent(async (message) => {
  if (message.type === 'stop') return {};
  const { devices, dualPercent } = message as unknown as { devices: number; dualPercent: number };
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('the book must be weighed with --expose-gc');
  collect();
  const before = weight();
  const book = new LinkBook();
  const ids: TransmitterId[] = [];
  for (let number = 0; number < devices; number += 1) {
    const id = uuid() as TransmitterId;
    if (number < SAMPLE) ids.push(id);
    const dual = number % 100 < dualPercent;
    book.put({
      transmitterId: id,
      facilityId: uuid() as FacilityId,
      organisation: `VN-ST-${number % 700}` as OrganisationCode,
      area: String(number % 34).padStart(2, '0'),
      reportingSeconds: REPORTING[number % REPORTING.length] ?? 90,
      carrier: dual ? null : (CARRIERS[number % CARRIERS.length] ?? null),
      paths: dual
        ? PATH_MEDIA.slice(0, 2).map((medium, index) => ({
            number: index + 1,
            medium,
            carrier: CARRIERS[index] ?? null,
            reportingSeconds: index === 0 ? 90 : 18_000,
          }))
        : [],
    });
    if (number % 100_000 === 99_999) collect();
  }
  collect();
  const bytes = (weight() - before) / devices;
  return { bytes, ...lateness(book, ids) };
});

const SAMPLE = 10_000;
const REPORTING = [20, 90, 180, 1_800];
const CARRIERS = ['viettel', 'vnpt', 'mobifone'];

/** Processor time: what else the machine does is no part of a tick. */
function processorMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** As the driver of the database gives them: whole, where randomUUID leaves a text of many pieces. */
function uuid(): string {
  return Buffer.from(randomUUID(), 'latin1').toString('latin1');
}

function weight(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** In which tick after its time each loss is noticed, when each was heard at a tick of its own; and how long a tick takes. */
function lateness(book: LinkBook, ids: readonly TransmitterId[]): { ticks: number; worstTickMs: number } {
  const heard = new Map<TransmitterId, number>();
  let worst = 0;
  let worstTickMs = 0;
  for (let tick = 0; tick < 400; tick += 1) {
    const startedMicros = processorMicros();
    const now = book.tick + 1;
    for (let index = tick; tick < 60 && index < ids.length; index += 60) {
      const id = ids[index];
      if (id === undefined) continue;
      book.hear(id, { second: now, tick: now, paths: 6, receiver: 1 });
      heard.set(id, now);
    }
    book.advance(1);
    for (const { link, change } of book.takeChanges()) {
      const at = heard.get(link.transmitterId);
      if (change === 'lost' && at !== undefined && link.path === null && !link.ofPaths)
        worst = Math.max(worst, book.tick - (at + link.reportingSeconds));
    }
    worstTickMs = Math.max(worstTickMs, (processorMicros() - startedMicros) / 1_000);
  }
  return { ticks: worst, worstTickMs };
}
