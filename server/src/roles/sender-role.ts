import {
  noTelephone,
  retryPolicy,
  startSender,
  telephoneAdapters,
  webhookAdapter,
  webhookKek,
} from '../notify/index.ts';
import { checkDurability } from '../platform/index.ts';
import { addOutboxMetrics } from './outbox-metrics.ts';
import type { RunningRole, Surroundings } from './role.ts';

/** The only part of a centre that talks to the outside: it reads the live world alone. */
export async function startSenderRole(surroundings: Surroundings): Promise<RunningRole> {
  const { settings, secrets, clock, country, log, wake } = surroundings;
  const pool = surroundings.pool('keng_sender', 'sender', 6);
  await checkDurability(pool);
  const gateway = secrets.telephoneGateway;
  const telephone =
    settings.telephoneGatewayUrl !== null && gateway !== null
      ? telephoneAdapters({ url: settings.telephoneGatewayUrl.replace(/\/$/, ''), secret: gateway.reveal() })
      : noTelephone();
  const sender = startSender({
    pool,
    adapters: [
      ...telephone,
      webhookAdapter({
        kek: webhookKek(secrets.webhooks.reveal()),
        privateAddresses: settings.webhookPrivateAddresses,
      }),
    ],
    clock,
    log,
    policy: retryPolicy(country),
    publicUrl: settings.publicUrl ?? `http://${settings.http.host}:${settings.http.port}`,
    ownerLinkSecret: secrets.ownerLink.reveal(),
    wake,
  });
  return {
    health: addOutboxMetrics(surroundings.metrics, pool, surroundings.world),
    stop: () => sender.stop(),
  };
}
