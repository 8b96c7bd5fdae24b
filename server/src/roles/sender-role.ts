import fs from 'node:fs';
import {
  type ChannelAdapter,
  mailAdapter,
  noMail,
  noTelephone,
  pushAdapter,
  pushStore,
  retryPolicy,
  startSender,
  telephoneAdapters,
  vapidKeys,
  webhookAdapter,
  webhookKek,
} from '../notify/index.ts';
import { checkDurability, PlatformError, type Secrets, type Settings } from '../platform/index.ts';
import { addOutboxMetrics } from './outbox-metrics.ts';
import type { RunningRole, Surroundings } from './role.ts';

/** The only part of a centre that talks to the outside: it reads the live world alone. */
export async function startSenderRole(surroundings: Surroundings): Promise<RunningRole> {
  const { settings, secrets, clock, country, log, wake } = surroundings;
  const pool = surroundings.pool('keng_sender', 'sender', 6);
  await checkDurability(pool);
  const publicUrl = settings.publicUrl ?? `http://${settings.http.host}:${settings.http.port}`;
  const mail = await mailOf(settings, secrets);
  const sender = startSender({
    pool,
    adapters: [
      ...telephoneOf(settings, secrets),
      mail,
      pushAdapter({
        keys: vapidKeys(secrets.push.reveal()),
        subject: settings.pushSubject ?? subjectOf(publicUrl),
        privateAddresses: settings.pushPrivateAddresses,
        ...pushStore(pool, clock),
      }),
      webhookAdapter({
        kek: webhookKek(secrets.webhooks.reveal()),
        privateAddresses: settings.webhookPrivateAddresses,
      }),
    ],
    clock,
    log,
    policy: retryPolicy(country),
    publicUrl,
    ownerLinkSecret: secrets.ownerLink.reveal(),
    wake,
  });
  return {
    health: addOutboxMetrics(surroundings.metrics, pool, surroundings.world),
    stop: async () => {
      await sender.stop();
      mail.close?.();
    },
  };
}

function telephoneOf(settings: Settings, secrets: Secrets): ChannelAdapter[] {
  const { telephoneGatewayUrl: url } = settings;
  const secret = secrets.telephoneGateway;
  return url !== null && secret !== null
    ? telephoneAdapters({ url: url.replace(/\/$/, ''), secret: secret.reveal() })
    : noTelephone();
}

async function mailOf(settings: Settings, secrets: Secrets): Promise<ChannelAdapter & { close?(): void }> {
  const { smtpUrl: url, smtpFrom: from, smtpUser: user, smtpCa, smtpPlain: plain } = settings;
  if (url === null) return noMail();
  if (from === null) {
    throw new PlatformError(
      'setting-invalid',
      'a mail server is configured and no address that mails come from',
      'give --smtp-from ADDRESS, too',
    );
  }
  const ca = smtpCa === null ? null : fs.readFileSync(smtpCa, 'utf8');
  const returns =
    settings.smtpReturns === null
      ? null
      : { address: settings.smtpReturns, secret: secrets.ownerLink.reveal() };
  return await mailAdapter({
    url,
    from,
    user,
    password: secrets.smtpPassword?.reveal() ?? null,
    plain,
    ca,
    returns,
  });
}

/** A push service wants https: or mailto:, and a centre that is tried without TLS has neither. */
function subjectOf(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? publicUrl : 'mailto:keng@localhost';
}
