import type { AnyEntry, LogEntry } from '@keng/model';
import { type IncidentPolicy, openFromPaper } from '../incidents/index.ts';
import type { Consumer } from '../log/index.ts';

type Keyed = LogEntry<'paper.keyed'>;

/** Opens what was keyed in: the web writes the entry, and only the core may open an incident. */
export function paperConsumer(policy: IncidentPolicy): Consumer {
  return {
    name: 'paper',
    kinds: ['paper.keyed'],
    lanes: [0],
    async handle(client, entries, { world, now }) {
      const keyed = entries.filter(
        (entry: AnyEntry): entry is AnyEntry & Keyed => entry.kind === 'paper.keyed',
      );
      await openFromPaper(
        client,
        world,
        keyed.map(({ body, actor }) => ({ body, actor, organisation: body.organisation })),
        policy,
        now,
      );
    },
  };
}
