import type { Finding, Severity } from '../finding.ts';
import type { Alert, Area, CapVersion, Circle, CodedValue, Info, Polygon, Resource } from '../model.ts';
import { childOf, type XmlElement } from '../xml/tree.ts';
import { readCircle, readPolygon } from './geometry-text.ts';
import { readReferences, readWordList } from './lists.ts';

/** Reads a message as far as it can be read: any prefix, any order, spaces around words. What it had to bend is told. */
export function readAlert(element: XmlElement, version: CapVersion | null, bent: Finding[]): Alert {
  return new AlertReader(version, bent).alert(element);
}

/** The children of an element by name: one pass instead of one for each member. */
type Members = ReadonlyMap<string, readonly XmlElement[]>;
const NONE: readonly XmlElement[] = [];

function membersOf(element: XmlElement): Members {
  const members = new Map<string, XmlElement[]>();
  for (const child of element.children) {
    const known = members.get(child.name);
    if (known) known.push(child);
    else members.set(child.name, [child]);
  }
  return members;
}

class AlertReader {
  readonly #version: CapVersion | null;
  readonly #bent: Finding[];

  constructor(version: CapVersion | null, bent: Finding[]) {
    this.#version = version;
    this.#bent = bent;
  }

  alert(element: XmlElement): Alert {
    const all = membersOf(element);
    const references = readReferences(this.#textOf(all, 'references') ?? '');
    if (!references.exact)
      this.#say(
        'references.form',
        'error',
        all.get('references')?.[0] ?? element,
        'alert/references',
        'references are triples sender,identifier,sent with spaces between them',
      );
    return {
      identifier: this.#word(all, 'identifier', 'alert') ?? '',
      sender: this.#word(all, 'sender', 'alert') ?? '',
      sent: this.#word(all, 'sent', 'alert') ?? '',
      status: this.#word(all, 'status', 'alert') ?? '',
      msgType: this.#word(all, 'msgType', 'alert') ?? '',
      source: this.#textOf(all, 'source'),
      scope: this.#word(all, 'scope', 'alert'),
      restriction: this.#textOf(all, 'restriction'),
      addresses: readWordList(this.#textOf(all, 'addresses') ?? ''),
      code: (all.get('code') ?? NONE).map((one) => one.text.trim()),
      note: this.#textOf(all, 'note'),
      references: references.references,
      incidents: readWordList(this.#textOf(all, 'incidents') ?? ''),
      info: (all.get('info') ?? NONE).map((one, index) => this.#info(one, `alert/info[${index + 1}]`)),
    };
  }

  #info(element: XmlElement, path: string): Info {
    const all = membersOf(element);
    const words = (name: string): string[] => (all.get(name) ?? NONE).map((one) => one.text.trim());
    return {
      language: this.#word(all, 'language', path),
      category: words('category'),
      event: this.#textOf(all, 'event') ?? '',
      responseType: words('responseType'),
      urgency: this.#word(all, 'urgency', path) ?? '',
      severity: this.#word(all, 'severity', path) ?? '',
      certainty: this.#word(all, 'certainty', path) ?? '',
      audience: this.#textOf(all, 'audience'),
      eventCode: this.#coded(all, 'eventCode'),
      effective: this.#word(all, 'effective', path),
      onset: this.#word(all, 'onset', path),
      expires: this.#word(all, 'expires', path),
      senderName: this.#textOf(all, 'senderName'),
      headline: this.#textOf(all, 'headline'),
      description: this.#textOf(all, 'description'),
      instruction: this.#textOf(all, 'instruction'),
      web: this.#word(all, 'web', path),
      contact: this.#textOf(all, 'contact'),
      parameter: this.#coded(all, 'parameter'),
      resource: (all.get('resource') ?? NONE).map((one) => this.#resource(one)),
      area: (all.get('area') ?? NONE).map((one, index) => this.#area(one, `${path}/area[${index + 1}]`)),
    };
  }

  #resource(element: XmlElement): Resource {
    const all = membersOf(element);
    return {
      resourceDesc: this.#textOf(all, 'resourceDesc') ?? '',
      mimeType: this.#textOf(all, 'mimeType')?.trim() ?? null,
      size: this.#number(all, 'size'),
      uri: this.#textOf(all, 'uri')?.trim() ?? null,
      derefUri: this.#textOf(all, 'derefUri')?.replace(/\s+/g, '') ?? null,
      digest: this.#textOf(all, 'digest')?.trim() ?? null,
    };
  }

  #area(element: XmlElement, path: string): Area {
    const all = membersOf(element);
    return {
      areaDesc: this.#textOf(all, 'areaDesc') ?? '',
      polygon: (all.get('polygon') ?? NONE).map((one, index) =>
        this.#polygon(one, `${path}/polygon[${index + 1}]`),
      ),
      circle: (all.get('circle') ?? NONE).flatMap((one, index) =>
        this.#circle(one, `${path}/circle[${index + 1}]`),
      ),
      geocode: this.#coded(all, 'geocode'),
      altitude: this.#number(all, 'altitude'),
      ceiling: this.#number(all, 'ceiling'),
    };
  }

  #polygon(element: XmlElement, path: string): Polygon {
    const text = element.children.length > 0 ? '' : element.text;
    const read = text.trim() === '' ? null : readPolygon(text);
    if (read === null)
      this.#say(
        'polygon.unreadable',
        'error',
        element,
        path,
        'a polygon is "latitude,longitude latitude,longitude ..."',
      );
    else if (!read.exact)
      this.#say(
        'polygon.form',
        'error',
        element,
        path,
        'positions stand with one comma inside and spaces between, without brackets',
      );
    return read?.polygon ?? [];
  }

  #circle(element: XmlElement, path: string): Circle[] {
    const read = readCircle(element.text);
    if (read === null)
      this.#say('circle.unreadable', 'error', element, path, 'a circle is "latitude,longitude kilometres"');
    else if (!read.exact)
      this.#say(
        'circle.form',
        'error',
        element,
        path,
        'a circle is "latitude,longitude kilometres", with one space',
      );
    return read === null ? [] : [read.circle];
  }

  #coded(all: Members, name: string): CodedValue[] {
    return (all.get(name) ?? NONE).map((element) => {
      if (element.children.length === 0) {
        // CAP 1.0 writes "SAME=CIV".
        const text = element.text.trim();
        const sign = text.indexOf('=');
        return sign < 0
          ? { valueName: '', value: text }
          : { valueName: text.slice(0, sign), value: text.slice(sign + 1) };
      }
      return {
        valueName: childOf(element, 'valueName')?.text.trim() ?? '',
        value: childOf(element, 'value')?.text.trim() ?? '',
      };
    });
  }

  /** A word of a list, a time, a name: spaces around it are not meant. */
  #word(all: Members, name: string, path: string): string | null {
    const element = all.get(name)?.[0];
    if (!element) return null;
    const trimmed = element.text.trim();
    if (trimmed !== element.text && this.#version !== null)
      this.#say('word.spaces', 'advice', element, `${path}/${name}`, `there are spaces around ${trimmed}`);
    return trimmed;
  }

  #textOf(all: Members, name: string): string | null {
    return all.get(name)?.[0]?.text ?? null;
  }

  #number(all: Members, name: string): number | null {
    const text = this.#textOf(all, name)?.trim() ?? '';
    if (text === '' || !/^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(text)) return null;
    return Number(text);
  }

  #say(rule: string, severity: Severity, { line, column }: XmlElement, path: string, text: string): void {
    this.#bent.push({ rule, severity, path, line, column, text });
  }
}
