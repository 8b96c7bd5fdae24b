import type { Finding } from '../finding.ts';
import { childOf, type XmlElement } from '../xml/tree.ts';

/** An entry of a feed, as far as it says anything. */
export interface FeedEntry {
  readonly id: string | null;
  readonly title: string | null;
  readonly updated: string | null;
  /** Where the message itself is. */
  readonly link: string | null;
  readonly linkType: string | null;
}

export const CAP_MEDIA_TYPE = 'application/cap+xml';

/** Reads the entries of an Atom or RSS feed, and names what a reader of warnings needs and does not find (handbook, 1.1). */
export function readFeed(
  root: XmlElement,
  kind: 'atom' | 'rss',
): { readonly entries: FeedEntry[]; readonly findings: Finding[] } {
  const findings: Finding[] = [];
  const say = (rule: string, at: XmlElement, path: string, text: string): void => {
    findings.push({ rule, severity: 'error', path, line: at.line, column: at.column, text });
  };
  const channel = kind === 'atom' ? root : (childOf(root, 'channel') ?? root);
  for (const name of kind === 'atom' ? ['id', 'title', 'updated'] : ['title'])
    if (!childOf(channel, name)?.text.trim()) say('feed.missing', channel, name, `the feed has no ${name}`);
  const elements =
    kind === 'atom'
      ? channel.children.filter((one) => one.name === 'entry')
      : [...channel.children, ...(channel === root ? [] : root.children)].filter(
          (one) => one.name === 'item',
        );
  const seen = new Set<string>();
  const entries = elements.map((element, index): FeedEntry => {
    const path = `${element.name}[${index + 1}]`;
    const entry = kind === 'atom' ? atomEntry(element) : rssItem(element);
    for (const name of ['id', 'title', 'updated'] as const)
      if (entry[name] === null)
        say('feed.entry-missing', element, path, `the entry has no ${nameIn(kind, name)}`);
    if (entry.link === null && !holdsAlert(element))
      say('feed.entry-missing', element, path, 'the entry has no link and no message');
    if (entry.linkType !== null && entry.linkType !== CAP_MEDIA_TYPE)
      say('feed.link-type', element, path, `the link is ${entry.linkType}, not ${CAP_MEDIA_TYPE}`);
    if (entry.id !== null && seen.has(entry.id))
      say('feed.id-twice', element, path, `a second entry ${entry.id}`);
    if (entry.id !== null) seen.add(entry.id);
    return entry;
  });
  return { entries, findings };
}

function nameIn(kind: 'atom' | 'rss', name: 'id' | 'title' | 'updated'): string {
  if (kind === 'atom' || name === 'title') return name;
  return name === 'id' ? 'guid' : 'pubDate';
}

function atomEntry(element: XmlElement): FeedEntry {
  const links = element.children.filter((one) => one.name === 'link');
  const link =
    links.find((one) => one.attributes?.type === CAP_MEDIA_TYPE) ??
    links.find((one) => (one.attributes?.rel ?? 'alternate') === 'alternate') ??
    links[0];
  return {
    id: textOf(element, 'id'),
    title: textOf(element, 'title'),
    updated: textOf(element, 'updated'),
    link: link?.attributes?.href ?? (link?.text.trim() || null),
    linkType: link?.attributes?.type ?? null,
  };
}

function rssItem(element: XmlElement): FeedEntry {
  return {
    id: textOf(element, 'guid'),
    title: textOf(element, 'title'),
    updated: textOf(element, 'pubDate') ?? textOf(element, 'date'),
    link: textOf(element, 'link'),
    linkType: null,
  };
}

function textOf(element: XmlElement, name: string): string | null {
  return childOf(element, name)?.text.trim() || null;
}

function holdsAlert(element: XmlElement): boolean {
  return element.name === 'alert' || element.children.some(holdsAlert);
}
