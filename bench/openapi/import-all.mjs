import { importOpenApi, ImportRefusal } from '../../libs/toolkits/dist/parsing/parsers.js';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Operations as a document lists them, counted without our importer. */
export function operationsOf(document) {
  return Object.values(document.paths ?? {})
    .map((item) => itemAt(document, item))
    .flatMap((item) => METHODS.filter((method) => item[method] !== undefined)).length;
}

/** A path may be another one's again. */
function itemAt(document, item) {
  if (typeof item?.$ref !== 'string') return item ?? {};
  const parts = item.$ref
    .slice(2)
    .split('/')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/'));
  return parts.reduce((at, part) => at?.[part], document) ?? {};
}

/** A reason without what is of its one place. */
function kindOf(reason) {
  return reason
    .replace(/\{[^}]*\}/g, '{…}')
    .replace(/https?:\/\/\S+/g, '<address>')
    .replace(/refers to \S+/, 'refers to …')
    .replace(/outside of the document, to .*/, 'outside of the document')
    .replace(/takes only .*/, (only) => only.split(',')[0].slice(0, 60))
    .replace(/answers a file, as .*/, 'answers a file')
    .slice(0, 120);
}

export class Tally {
  documents = 0;
  operations = 0;
  tools = 0;
  /** Operations of documents that were refused as a whole. */
  ofRefused = 0;
  setAside = new Map();
  refused = new Map();
  /** What must not be: crashes, and operations that are neither a tool nor set aside. */
  wrong = [];

  /** @returns the toolkit, or undefined when the document was refused as a whole */
  add(name, document) {
    this.documents += 1;
    const operations = operationsOf(document);
    this.operations += operations;
    try {
      const outcome = importOpenApi(document, {
        slug: 'api',
        documentUrl: `https://documents.example/${encodeURI(name)}`,
        maxOperations: 50_000,
      });
      const { toolkit, imported, refused } = outcome;
      this.tools += toolkit.tools.length;
      for (const { reason } of refused) count(this.setAside, kindOf(reason));
      const told = imported.length + refused.length;
      if (toolkit.tools.length !== imported.length || told !== operations) {
        this.wrong.push(
          `${name}: ${operations} operations, ${imported.length} tools, ${refused.length} set aside`,
        );
      }
      const slugs = new Set(toolkit.tools.map(({ slug }) => slug));
      if (slugs.size !== toolkit.tools.length) this.wrong.push(`${name}: two tools of one slug`);
      return toolkit;
    } catch (error) {
      if (!(error instanceof ImportRefusal)) {
        this.wrong.push(`${name}: ${error?.stack ?? error}`);
        return undefined;
      }
      this.ofRefused += operations;
      count(this.refused, `${error.place.replace(/\d+/g, 'n').slice(0, 60)}: ${kindOf(error.reason)}`);
      return undefined;
    }
  }

  report() {
    const rows = (map) => [...map].sort((a, b) => b[1] - a[1]).map(([what, times]) => `  ${times}  ${what}`);
    const aside = [...this.setAside.values()].reduce((sum, times) => sum + times, 0);
    return [
      `${this.documents} documents, ${this.operations} operations: ${this.tools} tools, ${aside} set aside, ${this.ofRefused} in documents that were refused`,
      'Documents refused:',
      ...rows(this.refused),
      'Operations set aside:',
      ...rows(this.setAside),
      'Wrong:',
      ...(this.wrong.length > 0 ? this.wrong.map((one) => `  ${one}`) : ['  nothing']),
    ].join('\n');
  }
}

function count(map, key) {
  map.set(key, (map.get(key) ?? 0) + 1);
}
