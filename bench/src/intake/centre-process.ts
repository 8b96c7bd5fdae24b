import { vietNam } from '@keng/country-vn';
import { type RunningCentre, startCentre } from '../../../server/src/centre.ts';
import {
  createLogger,
  type DatabaseAddress,
  loadSettings,
  type ProcessRole,
  setLogLevel,
  wrapSecrets,
} from '../../../server/src/platform/index.ts';
import { coreConsumers } from '../../../server/src/roles/consumer-role.ts';
import { placeProcess } from '../../../server/src/roles/priority.ts';
import { answerParent } from '../child.ts';

/** What `keng serve` runs beside the receivers: sequencer with seal, correlation, notifier, device health, supervision, web and feed. */
const ROLES: readonly ProcessRole[] = ['sequencer', 'consumer', 'supervisor', 'web'];

/** A consumer of the log, and what it wants to read. */
export interface Reader {
  readonly name: string;
  readonly kinds: readonly string[];
}

let centre: RunningCentre | undefined;

answerParent(async (message) => {
  if (message.type === 'stop') {
    await centre?.stop();
    return {};
  }
  const { address, secret } = message as unknown as { address: DatabaseAddress; secret: string };
  setLogLevel('warn');
  placeProcess(process.pid, ROLES, createLogger('bench'));
  const settings = loadSettings({ flags: { http: '127.0.0.1:0' }, env: {} });
  const secrets = wrapSecrets({
    session: secret,
    ownerLink: secret,
    deviceKeys: secret,
    webhooks: secret,
    push: 'bench',
    smtpPassword: null,
    mailReturns: null,
    telephoneGateway: null,
    oidcClient: null,
  });
  centre = await startCentre(settings, ROLES, address, secrets);
  return coreConsumers({ country: vietNam, secrets }).map(({ name, kinds }): Reader => ({ name, kinds }));
});
