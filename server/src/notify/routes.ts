import type { CountryPack } from '@keng/country-vn';
import type { Route } from '../platform/http/index.ts';
import { gatewayRoutes } from './gateway-routes.ts';
import { outboxRoutes } from './outbox-routes.ts';
import { ownAlarmRoutes } from './own-alarm-routes.ts';
import { ownerRoutes } from './owner-routes.ts';
import { retryPolicy } from './policy.ts';
import { webhookKek } from './secret-seal.ts';
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
    ...outboxRoutes({ telephone: options.gatewaySecret !== null }),
    ...webhookRoutes(webhooks),
  ];
}
