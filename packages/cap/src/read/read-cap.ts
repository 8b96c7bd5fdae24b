import type { Finding } from '../finding.ts';
import type { Alert, CapVersion } from '../model.ts';
import { NAMESPACES, SIGNATURE_NAMESPACE, versionOfNamespace } from '../vocabulary.ts';
import { DEFAULT_LIMITS, type Limits } from '../xml/limits.ts';
import { readTree, type XmlElement } from '../xml/tree.ts';
import { readAlert } from './read-alert.ts';
import { type FeedEntry, readFeed } from './read-feed.ts';
import { checkSchema } from './schema-check.ts';

export type Container = 'alert' | 'atom' | 'rss' | 'edxl-de' | 'other';

export interface AlertRead {
  /** null: the namespace is none of CAP's. It was read all the same, as 1.2. */
  readonly version: CapVersion | null;
  readonly alert: Alert;
  /** Everything that is not as its version says, by rule and place. */
  readonly findings: readonly Finding[];
  /** It carries a signature; nothing is said about its worth. */
  readonly signed: boolean;
  readonly element: XmlElement;
}

export interface CapRead {
  readonly container: Container;
  readonly alerts: readonly AlertRead[];
  /** Of a feed; empty otherwise. */
  readonly entries: readonly FeedEntry[];
  /** About the container itself. */
  readonly findings: readonly Finding[];
}

export interface ReadOptions {
  readonly limits?: Limits;
  /** false: findings of the schema are left out, for whoever only wants the content. */
  readonly schema?: boolean;
}

/**
 * Reads CAP 1.0, 1.1, 1.2, alone or inside Atom, RSS, EDXL-DE or anything else: leniently, and every deviation is named.
 * @param source bytes as they came; a text loses what its declaration says of its encoding
 * @throws CapError where it is no XML, too large, or dangerous; see `readTree`
 */
export function readCap(source: Uint8Array | string, options: ReadOptions = {}): CapRead {
  const root = readTree(source, options.limits ?? DEFAULT_LIMITS);
  const container = containerOf(root);
  const alerts: AlertRead[] = [];
  collect(root, true, (element) => alerts.push(read(element, options.schema ?? true)));
  const feed = container === 'atom' || container === 'rss' ? readFeed(root, container) : null;
  return { container, alerts, entries: feed?.entries ?? [], findings: feed?.findings ?? [] };
}

function containerOf(root: XmlElement): Container {
  if (root.name === 'alert') return 'alert';
  if (root.name === 'feed') return 'atom';
  if (root.name === 'rss' || root.name === 'RDF') return 'rss';
  return root.name === 'EDXLDistribution' ? 'edxl-de' : 'other';
}

/** Alerts do not stand inside alerts: the outermost of each branch counts. */
function collect(element: XmlElement, isRoot: boolean, found: (element: XmlElement) => void): void {
  if (element.name === 'alert' && (isRoot || versionOfNamespace(element.uri) !== null)) {
    found(element);
    return;
  }
  for (const child of element.children) collect(child, false, found);
}

function read(element: XmlElement, schema: boolean): AlertRead {
  const version = versionOfNamespace(element.uri);
  const findings: Finding[] = [];
  if (version === null) {
    const { line, column } = element;
    findings.push({
      rule: 'schema.namespace',
      severity: 'error',
      path: 'alert',
      line,
      column,
      text: `"${element.uri}" is no namespace of CAP; ${NAMESPACES['1.2']} is`,
    });
  }
  const alert = readAlert(element, version, findings);
  if (schema && version !== null) findings.push(...checkSchema(element, version));
  return {
    version,
    alert,
    findings,
    signed: element.children.some((child) => child.name === 'Signature' && child.uri === SIGNATURE_NAMESPACE),
    element,
  };
}
