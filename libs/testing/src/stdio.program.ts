/** An MCP server that is a program, without dependencies, as it is published and as it is run. */
export const NOTES = { identifier: '@patchbay-test/notes-mcp', version: '1.0.0' };

/** Its package as `server.json` has it. */
export const NOTES_PACKAGE = {
  registryType: 'npm',
  ...NOTES,
  transport: { type: 'stdio' },
  packageArguments: [
    { type: 'named', name: '--shelf', value: '{shelf}', variables: { shelf: { default: 'top' } } },
  ],
  environmentVariables: [
    { name: 'NOTES_TOKEN', description: 'Your token.', isRequired: true, isSecret: true },
    { name: 'NOTES_REGION', description: 'Where notes are.', choices: ['eu', 'us'], default: 'eu' },
  ],
};

/** What `npm` publishes of it. */
export const NOTES_PUBLISHED = {
  name: NOTES.identifier,
  version: NOTES.version,
  manifest: { bin: { 'notes-mcp': 'server.cjs' } },
  files: {
    'server.cjs': `#!/usr/bin/env node
const { randomUUID } = require('node:crypto');
const instance = randomUUID();
const notes = [];
const { NOTES_TOKEN: token = '', NOTES_REGION: region } = process.env;
if (token.startsWith('refused')) {
  console.error('The token ' + token + ' is refused.');
  process.exit(3);
}
const say = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
const TOOLS = {
  add_note: {
    description: 'Keeps a note.',
    inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
    run: ({ text }) => ({ count: notes.push(text) }),
  },
  list_notes: {
    description: 'Lists the notes, and says whose they are.',
    inputSchema: { type: 'object', properties: {} },
    run: () => ({ notes, owner: token.split('-').at(-1), region, instance, shelf: process.argv.slice(2) }),
  },
  die: {
    description: 'Ends, and blames the token.',
    inputSchema: { type: 'object', properties: {} },
    run: () => {
      console.error('The token ' + token + ' ended it.');
      process.exit(4);
    },
  },
};
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const answers = {
    initialize: () => ({
      protocolVersion: params.protocolVersion,
      capabilities: { tools: {} },
      serverInfo: { name: 'notes', version: '1.0.0' },
    }),
    ping: () => ({}),
    'tools/list': () => ({ tools: Object.entries(TOOLS).map(([name, { run, ...tool }]) => ({ name, ...tool })) }),
    'tools/call': () => {
      const structuredContent = TOOLS[params.name].run(params.arguments ?? {});
      return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
    },
  };
  if (answers[method]) say({ id, result: answers[method]() });
  else say({ id, error: { code: -32601, message: 'Method not found' } });
});
`,
  },
};
