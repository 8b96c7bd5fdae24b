type Library = typeof import('@simplewebauthn/server');

let library: Promise<Library> | undefined;

/**
 * What checks security keys. It is large (certificates of every maker), and only the process that people log in to needs it: that one
 * asks for it when it starts, so that nothing is read from disk later, when an upgrade may have put another version there.
 */
export function webauthn(): Promise<Library> {
  library ??= import('@simplewebauthn/server');
  return library;
}
