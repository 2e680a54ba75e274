import { InvalidArgumentError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Answer } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { UsageError } from '../errors.js';
import { valuesFromEnvironment } from '../input.js';
import { wholeNumber } from '../lists.js';
import { reportImport } from './import-report.js';

type Server = Answer<'getMcpRegistryServer'>;
type Field = Server['remotes'][number]['fields'][number];

const PAGE = 100;

/** `toolkits registry`: registries of MCP servers, and toolkits of what they have. */
export function addRegistry(toolkits: CommandUnknownOpts, cli: Cli): void {
  const registry = toolkits
    .command('registry')
    .description('Registries of MCP servers: search them, and add a server as a toolkit.');
  const first = async (name: string | undefined): Promise<string> => {
    if (name !== undefined) return name;
    const patchbay = await cli.client();
    const { items } = await patchbay.request('listMcpRegistries', { signal: cli.signal });
    const [found] = items;
    if (!found) throw new UsageError('The operator set up no registry.');
    return found.name;
  };
  registry
    .command('list')
    .description('List the registries that the operator set up; the first one is asked where none is named.')
    .action(async () => {
      const patchbay = await cli.client();
      const { items } = await patchbay.request('listMcpRegistries', { signal: cli.signal });
      const fields = {
        name: ({ name }: (typeof items)[number]) => name,
        url: ({ url }: (typeof items)[number]) => url,
      };
      cli.output.list(items, fields, 'The operator set up no registry.');
    });
  registry
    .command('search')
    .description('Search a registry, or list it.')
    .argument('[words]', 'a part of a name or of a description')
    .option('--registry <name>', 'which registry')
    .option('--limit <number>', 'how many are shown', wholeNumber, 30)
    .action(async (words, { registry: named, limit }) => {
      const patchbay = await cli.client();
      const path = { registry: await first(named) };
      const found: Answer<'searchMcpRegistry'>['items'] = [];
      let cursor: string | null = null;
      do {
        const page: Answer<'searchMcpRegistry'> = await patchbay.request('searchMcpRegistry', {
          path,
          query: {
            limit: Math.min(limit, PAGE),
            ...(words !== undefined && { search: words }),
            ...(cursor !== null && { cursor }),
          },
          signal: cli.signal,
        });
        found.push(...page.items);
        cursor = page.next_cursor;
      } while (cursor !== null && found.length < limit);
      const fields = {
        name: ({ name }: (typeof found)[number]) => name,
        version: ({ version }: (typeof found)[number]) => version,
        'reached by': ({ ways }: (typeof found)[number]) => ways.join(', '),
        here: ({ refusal }: (typeof found)[number]) => (refusal === null ? 'can be added' : refusal),
        description: ({ description }: (typeof found)[number]) => description,
      };
      cli.output.list(found.slice(0, limit), fields, 'The registry has no such server.');
      if (cursor !== null || found.length > limit)
        cli.output.note(`There are more than ${limit}: --limit says how many are shown.`);
    });
  registry
    .command('get')
    .description('Show a server of a registry, and what it asks for.')
    .argument('<server>', 'its name, such as io.github.acme/weather', serverName)
    .option('--registry <name>', 'which registry')
    .option('--at <version>', 'the version; the newest one without it')
    .action(async ([namespace, name], { registry: named, at: version }) => {
      const patchbay = await cli.client();
      const server = await patchbay.request('getMcpRegistryServer', {
        path: { registry: await first(named), namespace, name },
        query: { ...(version !== undefined && { version }) },
        signal: cli.signal,
      });
      const ways = [
        ...server.remotes.map(({ url, ...way }) => wayText(url, way.type, way)),
        ...server.packages.map(({ identifier, registry_type: type, ...way }) =>
          wayText(identifier, type, way),
        ),
      ];
      cli.output.details(server, {
        Name: ({ name: full }) => full,
        Title: ({ title }) => title,
        Version: ({ version: newest }) => newest,
        Status: ({ status, status_message: said }) => [status, said].filter(Boolean).join(': '),
        Description: ({ description }) => description,
        Website: ({ website_url: url }) => url,
        Source: ({ repository_url: url }) => url,
        'Cannot be added': ({ refusal }) => refusal,
        Ways: () => ways.join('\n'),
      });
    });
  registry
    .command('add')
    .description('Add a server of a registry to the project as a toolkit.')
    .argument('<server>', 'its name, such as io.github.acme/weather', serverName)
    .option('--registry <name>', 'which registry')
    .option('--at <version>', 'the version; the newest one without it')
    .option('--slug <slug>', 'what the toolkit is called; the name of the server without it')
    .option('--name <name>', 'what people see')
    .option('--remote <number>', 'which of its addresses, counted from 1', wholeNumber)
    .option('--package <number>', 'which of its packages, counted from 1', wholeNumber)
    .option('--value <name=text>', 'a value that is the same for everybody; may be repeated', pair)
    .option(
      '--value-env <name=VARIABLE>',
      'a value out of an environment variable, as a secret has to be; may be repeated',
      pair,
    )
    .option('--approve', 'approve what differs from before')
    .action(async ([namespace, name], options) => {
      const { registry: named, at: version, slug, name: shown, value, valueEnv, approve } = options;
      const { remote, package: program } = options;
      if (remote !== undefined && program !== undefined)
        throw new UsageError('A toolkit is made of an address or of a package: --remote or --package.');
      const patchbay = await cli.client();
      const path = { registry: await first(named), namespace, name };
      const server = await patchbay.request('getMcpRegistryServer', {
        path,
        query: { ...(version !== undefined && { version }) },
        signal: cli.signal,
      });
      const given = { ...value, ...valuesFromEnvironment(valueEnv ?? {}, cli.env) };
      refuseBareSecrets(server, value ?? {});
      const source = {
        type: 'mcp_registry' as const,
        registry: path.registry,
        server: server.name,
        version: server.version,
        ...(remote !== undefined && { remote: remote - 1 }),
        ...(program !== undefined && { package: program - 1 }),
        ...(Object.keys(given).length > 0 && { values: given }),
      };
      const body = {
        slug: slug ?? server.suggested_slug,
        source,
        ...(shown !== undefined && { name: shown }),
        ...(approve && { approve }),
      };
      reportImport(cli, await patchbay.request('upsertCustomToolkit', { body, signal: cli.signal }));
    });
}

function wayText(
  place: string,
  kind: string,
  { refusal, fields }: { refusal: string | null; fields: Field[] },
) {
  const asked = fields.map(
    ({ name, required, is_secret: isSecret, is_for_all: isForAll }) =>
      `${name}${required ? '' : ' (optional)'}${isSecret ? ' (secret)' : ''}${isForAll ? ' (for all)' : ''}`,
  );
  return [
    `${place} (${kind})`,
    refusal && `cannot be used: ${refusal}`,
    asked.length > 0 && `asks for ${asked.join(', ')}`,
  ]
    .filter(Boolean)
    .join('; ');
}

function serverName(text: string): [namespace: string, name: string] {
  const [, namespace, name] = /^([a-zA-Z0-9.-]+)\/([a-zA-Z0-9._-]+)$/.exec(text) ?? [];
  if (!namespace || !name) throw new InvalidArgumentError('It looks like io.github.acme/weather.');
  return [namespace, name];
}

function pair(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It is a name and a value, such as tenant=acme.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

/** Not on the command line itself: other users of the machine could read it there. */
function refuseBareSecrets({ remotes, packages }: Server, given: Record<string, string>): void {
  const secret = [...remotes, ...packages]
    .flatMap(({ fields }) => fields)
    .find(({ name, is_secret: is }) => is && name in given);
  if (secret) throw new UsageError(`${secret.name} is a secret: give it by --value-env.`);
}
