export { type Clock, ManualClock, systemClock } from './clock.ts';
export { type Cell, CSV_START, csvLine } from './csv.ts';
export { type DataFolderLock, lockDataFolder } from './data-folder-lock.ts';
export {
  checkDurability,
  columnTypes,
  openClient,
  openPool,
  type Pool,
  type PoolClient,
  type PoolOptions,
  type Queryable,
  requireReachable,
} from './database.ts';
export {
  type DatabaseAddress,
  type DatabaseRole,
  describeAddress,
  embeddedAddress,
  withDatabase,
} from './database-address.ts';
export { createLogger, type Logger, type LogLevel, setLogLevel } from './logger.ts';
export {
  cachedQuery,
  healthOf,
  type MetricText,
  ProcessMetrics,
  type ProcessReport,
  type RoleHealth,
  type RunningMetricsServer,
  type Sample,
  startMetricsServer,
} from './metrics/index.ts';
export { type MigrateOptions, type MigrationResult, migrate } from './migrate.ts';
export { isPassing } from './passing-error.ts';
export { describeError, errorCode, errorMessage, PlatformError } from './platform-error.ts';
export { type PostgresOptions, type PostgresServer, startPostgres } from './postgres-server.ts';
export { type ProvidedDatabase, postgresFolder, provideDatabase } from './provide-database.ts';
export {
  loadSecrets,
  revealSecrets,
  Secret,
  type SecretName,
  type Secrets,
  secretsHelp,
  wrapSecrets,
} from './secrets.ts';
export { formatListenAddress, type ListenAddress } from './setting.ts';
export {
  loadSettings,
  type ProcessRole,
  processRoles,
  type Settings,
  serveHelp,
  serveOptions,
} from './settings.ts';
export { type TransactionOptions, transaction } from './transaction.ts';
export { TroubleBook, timesText } from './trouble-book.ts';
