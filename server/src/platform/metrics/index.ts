export { cachedQuery } from './cached-query.ts';
export { healthOf, type RoleHealth } from './health.ts';
export { type ProcessReport, type RunningMetricsServer, startMetricsServer } from './metrics-server.ts';
export { type MetricText, ProcessMetrics, type Sample } from './process-metrics.ts';
