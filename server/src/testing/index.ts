export { type CertificateFiles, hasOpenssl, makeCertificate, withoutOpenssl } from './certificate.ts';
export {
  asAdministrator,
  createTestDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from './test-database.ts';
