import { ApiError, type Answer, type Patchbay } from '@patchbay/client';
import { ok, problem, warning, type Finding } from '@patchbay/local/diagnosis';

type Toolkit = Answer<'getToolkit'>;
type Reading = Answer<'refreshCustomToolkit'>;

/** Schemas that are named one by one; of more, how many. */
const NAMED = 5;

/**
 * Tries a toolkit whose tools are those of an MCP server, from where the platform is: whether the server answers and says how one
 * signs in, what tools it lists, and what their schemas are worth. Of an account's secrets nothing is shown.
 */
export async function diagnoseToolkit(
  patchbay: Patchbay,
  slug: string,
  signal: AbortSignal,
): Promise<Finding[]> {
  const toolkit = await known(patchbay, slug, signal);
  if (!toolkit)
    return [
      problem(
        'Toolkit',
        `There is no toolkit ${slug}.`,
        '`patchbay toolkits list` names those that there are.',
      ),
    ];
  const about = aboutIt(toolkit);
  if (!(await hasServer(patchbay, toolkit, signal)))
    return [about, await withoutServer(patchbay, toolkit, signal)];
  try {
    const reading = await patchbay.request('refreshCustomToolkit', { path: { slug }, signal });
    return [about, ...signInOf(reading), ...toolsOf(reading)];
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ApiError)) throw error;
    const remedy =
      error.suggestion ?? 'Look whether the address is right and can be reached from the platform.';
    const more = error.details.length > 0 ? ` (${error.details.join('; ')})` : '';
    return [about, problem('Server', `${error.message}${more}`, remedy)];
  }
}

function aboutIt({ name, base_url: url = 'no address', quality }: Toolkit): Finding {
  if (!quality) return ok('Toolkit', `${name}, at ${url}.`);
  const { grade, source, source_read_on: readOn, tried_on: triedOn } = quality;
  const from = source ? `, from ${source}${readOn ? ` (${readOn})` : ''}` : '';
  return ok(
    'Toolkit',
    `${name}, at ${url}: ${grade}${from}, ${triedOn ? `tried on ${triedOn}` : 'not yet tried'}.`,
  );
}

function signInOf({ toolkit: { auth_schemes: schemes } }: Reading): Finding[] {
  return [
    ok('Server', 'It answers, and is what it should be.'),
    schemes.includes('NO_AUTH')
      ? ok('Sign-in', 'It needs none.')
      : ok('Sign-in', `It says how one signs in: by ${schemes.join(', or by ')}.`),
  ];
}

function toolsOf({ toolkit, imported, refused, adjusted }: Reading): Finding[] {
  if (imported.length === 0 && toolkit.tools_count === 0) {
    return [
      warning(
        'Tools',
        'It shows them to nobody who has not signed in.',
        `Connect an account of it, with \`patchbay links create ${toolkit.slug}\` or in the console, and run this again.`,
      ),
    ];
  }
  const held = toolkit.held_back
    ? [
        warning(
          'Changes',
          'It says something else than what was approved, which waits.',
          `Look at them in the console, or let them through: \`patchbay toolkits approve ${toolkit.slug}\`.`,
        ),
      ]
    : [];
  return [
    ok('Tools', `It lists ${imported.length + refused.length}, of which ${imported.length} can be served.`),
    ...held,
    schemasOf(refused, adjusted),
  ];
}

function schemasOf(refused: Reading['refused'], adjusted: Reading['refused']): Finding {
  const wrong = [...refused, ...adjusted];
  if (wrong.length === 0) return ok('Schemas', 'All are taken as they are.');
  const named = wrong.slice(0, NAMED).map(({ operation, reason }) => `${operation}: ${reason}`);
  const more = wrong.length > NAMED ? `; and ${wrong.length - NAMED} more` : '';
  return warning(
    'Schemas',
    `${refused.length} are not taken, ${adjusted.length} not quite as they are: ${named.join('; ')}${more}.`,
    'The others work. Tell those who run the server, with the reasons.',
  );
}

async function known(patchbay: Patchbay, slug: string, signal: AbortSignal): Promise<Toolkit | undefined> {
  try {
    return await patchbay.request('getToolkit', { path: { slug }, signal });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

async function hasServer(
  patchbay: Patchbay,
  { slug, type, awaits_account: awaits, quality }: Toolkit,
  signal: AbortSignal,
) {
  if (awaits || quality?.grade === 'vendor_mcp') return true;
  if (type !== 'custom') return false;
  const { source } = await patchbay.request('getCustomToolkit', { path: { slug }, signal });
  return source.type !== 'openapi';
}

async function withoutServer(patchbay: Patchbay, { slug }: Toolkit, signal: AbortSignal): Promise<Finding> {
  const vendors = await known(patchbay, `${slug}_mcp`, signal);
  const said = 'It has no MCP server: its tools are requests of the API, and are tried by running one.';
  return warning(
    'Server',
    said,
    vendors
      ? `The vendor's own server is ${vendors.slug}: \`patchbay doctor toolkit ${vendors.slug}\`.`
      : `\`patchbay tools search --toolkit ${slug}\` finds one.`,
  );
}
