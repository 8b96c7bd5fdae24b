import type { CountryPack } from '@keng/country-vn';
import type { Route } from '../platform/http/index.ts';
import { contactRoutes } from './contacts/routes.ts';
import { ContactService } from './contacts/service.ts';
import { gatewayRoutes } from './gateway-routes.ts';
import { outboxRoutes } from './outbox-routes.ts';
import { ownAlarmRoutes } from './own-alarm-routes.ts';
import { ownerRoutes } from './owner-routes.ts';
import { retryPolicy } from './policy.ts';
import { type ReturnRouteOptions, returnRoutes } from './returned/routes.ts';
import { webhookKek } from './secret-seal.ts';
import { vapidKeys } from './vapid.ts';
import { webhookRoutes } from './webhook-routes.ts';
import { Webhooks } from './webhooks.ts';
import { Wording } from './wording.ts';

export interface NotifyRouteOptions {
  readonly country: CountryPack;
  /** secrets.telephoneGateway; null: no gateway. */
  readonly gatewaySecret: string | null;
  /** secrets.webhooks */
  readonly webhooksSecret: string;
  /** settings.webhookPrivateAddresses */
  readonly webhookPrivateAddresses: boolean;
  /** secrets.push */
  readonly pushSecret: string;
  /** settings.pushPrivateAddresses */
  readonly pushPrivateAddresses: boolean;
  /** Whether a mail server is configured. */
  readonly mail: boolean;
  /** Mail that comes back. */
  readonly returns: ReturnRouteOptions;
}

export function notifyRoutes(options: NotifyRouteOptions): Route[] {
  const wording = new Wording(options.country);
  const webhooks = new Webhooks({
    kek: webhookKek(options.webhooksSecret),
    privateAddresses: options.webhookPrivateAddresses,
  });
  return [
    ...gatewayRoutes({ wording, policy: retryPolicy(options.country), secret: options.gatewaySecret }),
    ...ownerRoutes(wording),
    ...ownAlarmRoutes(wording),
    ...contactRoutes(
      new ContactService({
        pushKey: vapidKeys(options.pushSecret).publicKey,
        privateAddresses: options.pushPrivateAddresses,
      }),
    ),
    ...outboxRoutes({ telephone: options.gatewaySecret !== null, mail: options.mail }),
    ...webhookRoutes(webhooks),
    ...returnRoutes(options.returns),
  ];
}
