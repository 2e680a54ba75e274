/** An MCP server that is a program, in few words. */
export interface WrittenProgram {
  /** A kind of package, a name and one version: `npm:@acme/server@1.2.3`, `pypi:acme-server@1.2.3`. */
  package: string;
  /** As they are, in order; one with braces is kept as a value, as a package's own would name variables by them. */
  arguments?: readonly string[];
  /** Variables whose values are the same for everybody. They are kept sealed. */
  environment?: Readonly<Record<string, string>>;
  /** Variables that each user says who connects an account, as secrets. */
  asked?: readonly string[];
}

/** The `source` of an upsert. */
export interface ProgramSource {
  type: 'stdio';
  package: Record<string, unknown>;
  values: Record<string, string>;
}

/**
 * The source of a toolkit whose tools are those of a program, with its package as `server.json` has it.
 * @returns undefined when `package` is none of these
 */
export function programSource(program: WrittenProgram): ProgramSource | undefined {
  const [, registryType, identifier, version] =
    /^(npm|pypi):(@?[^@\s]+)@([^@\s]+)$/.exec(program.package) ?? [];
  if (!registryType) return undefined;
  const fixed = Object.entries(program.environment ?? {});
  // Named by their number: a field's name has its own form, and a variable's is anything.
  const field = (at: number) => `value_${at + 1}`;
  const given = program.arguments ?? [];
  const argument = (at: number) => `argument_${at + 1}`;
  const isTemplate = (value: string) => /[{}]/.test(value);
  return {
    type: 'stdio',
    package: {
      registryType,
      identifier,
      version,
      transport: { type: 'stdio' },
      packageArguments: given.map((value, at) =>
        isTemplate(value)
          ? { type: 'positional', value: `{${argument(at)}}`, variables: { [argument(at)]: {} } }
          : { type: 'positional', value },
      ),
      environmentVariables: [
        ...fixed.map(([name], at) => ({
          name,
          value: `{${field(at)}}`,
          variables: { [field(at)]: { isSecret: true } },
        })),
        ...(program.asked ?? []).map((name) => ({ name, isRequired: true, isSecret: true })),
      ],
    },
    values: Object.fromEntries([
      ...fixed.map(([, value], at) => [field(at), value]),
      ...given.flatMap((value, at) => (isTemplate(value) ? [[argument(at), value]] : [])),
    ]),
  };
}
