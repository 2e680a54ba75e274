/** What an MCP server of the tests offers, and what it saw: tests set and read it at `/control/<name>`. */
export interface McpWorld {
  /** Tools beside those that every server has, by their name: what is said of them. */
  extraTools: Record<string, string>;
  /** Sessions that were opened, and those that are open still. */
  opened: number;
  open: number;
  /** Streams that clients opened for what the server says by itself. */
  streams: number;
  /** Requests that were not refused, by their `x-tenant`. */
  tenants: string[];
  /** The name of the person at each call of a server that wants a sign-in. */
  people: string[];
}

export function newWorld(): McpWorld {
  return { extraTools: {}, opened: 0, open: 0, streams: 0, tenants: [], people: [] };
}

/** One pixel. */
export const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';

const numbers = { type: 'object' as const, properties: { a: { type: 'number' }, b: { type: 'number' } } };
const nothing = { type: 'object' as const, properties: {} };

export function toolsOf({ extraTools }: McpWorld) {
  return [
    {
      name: 'add_numbers',
      title: 'Add numbers',
      description: 'Adds two numbers.',
      inputSchema: { ...numbers, required: ['a', 'b'] },
      outputSchema: {
        type: 'object' as const,
        properties: { sum: { type: 'number' } },
        required: ['sum'],
      },
      annotations: { readOnlyHint: true },
    },
    { name: 'draw', description: 'Draws a picture, and writes about it.', inputSchema: nothing },
    { name: 'fail', description: 'Fails.', inputSchema: nothing },
    ...Object.entries(extraTools).map(([name, description]) => ({ name, description, inputSchema: nothing })),
  ];
}

/** What `show_request` tells of the request that it came with. */
export type RequestHeaders = Record<string, string | string[] | undefined>;

/** `show_request` answers the headers that it was called with; tests list it by `extraTools` when they want it. */
export function callTool(name: string, given: Record<string, unknown> = {}, headers: RequestHeaders = {}) {
  const text = (words: string) => ({ type: 'text' as const, text: words });
  switch (name) {
    case 'add_numbers': {
      const sum = Number(given['a']) + Number(given['b']);
      return { content: [text(String(sum))], structuredContent: { sum } };
    }
    case 'draw':
      return {
        content: [
          text('A picture.'),
          { type: 'image' as const, data: PIXEL, mimeType: 'image/png' },
          {
            type: 'resource' as const,
            resource: { uri: 'test://about', mimeType: 'text/plain', text: 'About the picture.' },
          },
        ],
      };
    case 'show_request':
      return { content: [text('The headers of this request.')], structuredContent: { headers } };
    case 'fail':
      return { isError: true, content: [text('No luck today.')] };
    default:
      return { content: [text(`${name} ran.`)] };
  }
}
