/** What each provider of models takes as the name of a tool, and of an argument. */
export const MAX_SLUG_LENGTH = 64;
export const ARGUMENT_NAME = /^[a-zA-Z0-9_.-]{1,64}$/;

/** `repos/listForUser` → `REPOS_LIST_FOR_USER`. */
export function toWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/['’]/g, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^a-zA-Z0-9]+/)
    .filter(Boolean)
    .map((word) => word.toUpperCase());
}

/** How the public catalogue shortens slugs that are too long. */
const SHORTER: readonly [RegExp, string][] = [
  [/\bORGANIZATION(S?)\b/g, 'ORG$1'],
  [/\bREPOSITOR(?:Y|IES)\b/g, 'REPO'],
  [/\bAUTHENTICATED USER\b/g, 'AUTH USER'],
  [/\b(?:A|AN|THE) /g, ''],
  [/\bENVIRONMENT\b/g, 'ENV'],
  [/\bCONFIGURATION(S?)\b/g, 'CONFIG$1'],
  [/\b(?:FOR|OF|BY|TO|WITH|FROM|IN|AND) /g, ''],
];

/** A slug out of words, at most 64 characters: shortened by known abbreviations first, then from its end. */
export function toSlug(toolkit: string, words: readonly string[]): string {
  const prefix = toolkit.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  const own = words.join(' ');
  const plain = own.startsWith(`${prefix} `) ? own.slice(prefix.length + 1) : own;
  let text = plain;
  for (const [long, short] of SHORTER) {
    if (prefix.length + 1 + text.length <= MAX_SLUG_LENGTH) break;
    text = text.replace(long, short);
  }
  return cut(`${prefix}_${text.replaceAll(' ', '_')}`, MAX_SLUG_LENGTH);
}

/**
 * The slug that is still free: the wished one, else with what tells the operation from others, else with a number.
 * @param telling words, the most telling first
 */
export function freeSlug(wished: string, telling: readonly string[], taken: ReadonlySet<string>): string {
  const said = new Set(wished.split('_'));
  const endings = telling.filter((word) => !said.has(word)).map((word) => `_${word}`);
  for (let number = 0; ; number++) {
    const ending = number === 0 ? '' : (endings[number - 1] ?? `_${number}`);
    const slug = cut(wished, MAX_SLUG_LENGTH - ending.length) + ending;
    if (!taken.has(slug)) return slug;
  }
}

function cut(slug: string, length: number): string {
  if (slug.length <= length) return slug;
  const whole = slug.slice(0, length + 1).lastIndexOf('_');
  return slug.slice(0, whole > length / 2 ? whole : length).replace(/_+$/, '');
}

/** A name that models may use for an argument, and a path template too: `filter[name]` → `filter_name`, `$top` → `top`. */
export function toArgumentName(name: string, place: string): string {
  if (ARGUMENT_NAME.test(name) && (place !== 'path' || /^\w+$/.test(name))) return name;
  const plain = name
    .normalize('NFKD')
    // What an accent leaves behind once it stands alone.
    .replace(/\p{M}+/gu, '')
    .replace(place === 'path' ? /\W+/g : /[^a-zA-Z0-9_.-]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 64);
  return plain || 'value';
}

/** The argument's name that is still free: its own, else after its place (`query_id`), else with a number. */
export function freeArgumentName(name: string, place: string, taken: ReadonlySet<string>): string {
  const wished = toArgumentName(name, place);
  if (!taken.has(wished)) return wished;
  for (let number = 1; ; number++) {
    const candidate = `${place}_${wished}`.slice(0, 60) + (number === 1 ? '' : `_${number}`);
    if (!taken.has(candidate)) return candidate;
  }
}

/** Of names that differ in these alone, such as `StartTime<` and `StartTime>`, each keeps a name that says which. */
const OPERATORS: readonly [RegExp, string][] = [
  [/<=/g, '_lte'],
  [/>=/g, '_gte'],
  [/!=/g, '_ne'],
  [/</g, '_lt'],
  [/>/g, '_gt'],
];
/** Has a special meaning as a name of an object's property. */
const PROTOTYPE = '__proto__';

/** Names of an object's fields as models take them, by the provider's own: most are the same. */
export function shownNames(names: Iterable<string>): Map<string, string> {
  const all = [...names];
  const isFine = (name: string) => ARGUMENT_NAME.test(name) && name !== PROTOTYPE;
  const taken = new Set(all.filter(isFine));
  return new Map(
    all.map((name) => {
      if (isFine(name)) return [name, name];
      const shown = freeFieldName(name, taken);
      taken.add(shown);
      return [name, shown];
    }),
  );
}

/** The name that is still free for a field: its own in what models take, else with a number. */
export function freeFieldName(name: string, taken: ReadonlySet<string>): string {
  const spelled = OPERATORS.reduce((text, [sign, word]) => text.replace(sign, word), name.slice(0, 200));
  const plain = name === PROTOTYPE ? 'proto' : toArgumentName(spelled, 'body');
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? plain : `${plain.slice(0, 58)}_${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** An operation's id without what a recipe says all of them begin with. */
export function withoutPrefix(id: string, idPrefix = ''): string {
  return id.startsWith(idPrefix) ? id.slice(idPrefix.length) : id;
}
