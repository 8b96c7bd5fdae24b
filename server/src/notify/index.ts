export { type ChannelAdapter, type OutgoingJob, type Receipt, SendFailed } from './channel-adapter.ts';
export { createNotifier, type NotifierOptions } from './notifier.ts';
export { ownerToken, ownerUrl } from './owner-link.ts';
export { type RetryPolicy, retryPolicy } from './policy.ts';
export { type NotifyRouteOptions, notifyRoutes } from './routes.ts';
export { webhookKek } from './secret-seal.ts';
export { type RunningSender, type SenderOptions, startSender } from './sender.ts';
export { noTelephone, type TelephoneGateway, telephoneAdapters } from './telephone-adapter.ts';
export { type WebhookAdapterOptions, webhookAdapter } from './webhook-adapter.ts';
