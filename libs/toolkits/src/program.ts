/** An MCP server that is a program: what is run, as plain data. In its templates `{name}` stands for a value. */
export interface ToolkitProgram {
  registryType: 'npm' | 'pypi';
  identifier: string;
  version: string;
  /** In order, each with what belongs to it, such as `--root` and `{root}`: left out together where a value is missing. */
  arguments: string[][];
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

const PLACE = /\{([\w-]+)\}/g;
