/** An MCP server that is a program: what is run, as plain data. In its templates `{name}` stands for a value. */
export interface ToolkitProgram {
  registryType: 'npm' | 'pypi';
  identifier: string;
  version: string;
  /** In order, each with what belongs to it, such as `--root` and `{root}`: left out together where a value is missing. */
  arguments: string[][];
  /** Fields whose argument is there by its name alone when they are `true`, and is left out otherwise. */
  flags?: string[];
  /** Fields whose argument is there once for each line of theirs. */
  lists?: string[];
  /** Likewise, by the name of the variable. */
  environment: Record<string, string>;
}

/** What names a package everywhere: its package URL, `pkg:npm/%40acme/server@1.2.3` (ECMA-427). */
export function packageUrl({
  registryType,
  identifier,
  version,
}: Pick<ToolkitProgram, 'registryType' | 'identifier' | 'version'>): string {
  const name = registryType === 'pypi' ? identifier.toLowerCase().replaceAll(/[-_.]+/g, '-') : identifier;
  return `pkg:${registryType}/${name.split('/').map(encodeURIComponent).join('/')}@${encodeURIComponent(version)}`;
}

/**
 * A template with its values; a value is taken as it is, whatever braces it holds.
 * @returns undefined when one is missing
 */
export function filledTemplate(
  template: string,
  values: Readonly<Record<string, string>>,
): string | undefined {
  const names = [...template.matchAll(PLACE)].map(([, name = '']) => name);
  if (!names.every((name) => Object.hasOwn(values, name))) return undefined;
  return template.replaceAll(PLACE, (_, name: string) => values[name] ?? '');
}

/** The arguments of a program with its values; one that has no value is left out, with all that belongs to it. */
export function filledArguments(
  { arguments: groups, flags = [], lists = [] }: Pick<ToolkitProgram, 'arguments' | 'flags' | 'lists'>,
  values: Readonly<Record<string, string>>,
): string[] {
  const holds = (group: readonly string[]) => (name: string) =>
    group.some((part) => part.includes(`{${name}}`));
  return groups.flatMap((group) => {
    const flag = flags.find(holds(group));
    if (flag !== undefined)
      return values[flag] === 'true' ? group.filter((part) => part !== `{${flag}}`) : [];
    const list = lists.find(holds(group));
    if (list === undefined) return filledGroup(group, values);
    return linesOf(values, list).flatMap((line) => filledGroup(group, { ...values, [list]: line }));
  });
}

function filledGroup(group: readonly string[], values: Readonly<Record<string, string>>): string[] {
  const parts = group.map((template) => filledTemplate(template, values));
  return parts.every((part) => part !== undefined) ? parts : [];
}

function linesOf(values: Readonly<Record<string, string>>, name: string): string[] {
  const text = Object.hasOwn(values, name) ? (values[name] ?? '') : '';
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

const PLACE = /\{([\w-]+)\}/g;
