import { functionTool, httpTool, type ToolkitSpec } from '@patchbay/toolkits';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { ASKED_BEFORE } from './conformance.names.js';

/** One pixel, and a tenth of a second of silence. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const WAV = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';

const IMAGE = { type: 'image', data: PNG, mimeType: 'image/png' };
const AUDIO = { type: 'audio', data: WAV, mimeType: 'audio/wav' };
const RESOURCE = {
  type: 'resource',
  resource: { uri: 'test://embedded', mimeType: 'text/plain', text: 'This is an embedded resource.' },
};

/** How long the slow tool takes: long enough for a client to hear three times that it is under way. */
const SLOW_MS = 1_300;

/**
 * The tools that the Model Context Protocol's conformance suite calls, under its own names for them.
 * A session that has them preloaded can be put to its test.
 */
export function conformanceToolkit(
  shared: Pick<ToolkitSpec, 'logo' | 'categories' | 'version' | 'baseUrl'>,
): ToolkitSpec {
  const tool = (
    slug: string,
    description: string,
    content: object[] = [],
    run: () => Promise<void> = async () => undefined,
  ) =>
    functionTool({
      slug,
      name: description,
      description,
      input: z.object({}),
      output: z.object({ text: z.string() }),
      tags: ['readOnlyHint'],
      async run(_input, { attach }) {
        await run();
        for (const block of content) attach(block as { type: string });
        return { text: 'This is a simple text response for testing.' };
      },
    });
  return {
    ...shared,
    slug: 'test',
    name: 'Conformance',
    description: "What the protocol's conformance suite calls.",
    tools: [
      tool('TEST_SIMPLE_TEXT', 'Answers a text.'),
      tool('TEST_IMAGE_CONTENT', 'Answers an image.', [IMAGE]),
      tool('TEST_AUDIO_CONTENT', 'Answers a sound.', [AUDIO]),
      tool('TEST_EMBEDDED_RESOURCE', 'Answers a resource.', [RESOURCE]),
      tool('TEST_MULTIPLE_CONTENT_TYPES', 'Answers a text, an image and a resource.', [IMAGE, RESOURCE]),
      tool('TEST_ERROR_HANDLING', 'Always fails.', [], () => {
        throw new Error('This tool intentionally returns an error for testing');
      }),
      tool('TEST_TOOL_WITH_PROGRESS', 'Takes its time.', [], () => delay(SLOW_MS)),
      // Before these the session asks for permission, as the tested session's configuration says.
      ...ASKED_BEFORE.map((slug) => tool(slug, 'Is run once it is allowed.')),
      open(
        'TEST_HEADERS',
        'Has a parameter that clients repeat in a header.',
        { region: { type: 'string', 'x-mcp-header': 'Region' } },
        { required: ['region'] },
      ),
      httpTool({
        slug: 'TEST_HANG',
        name: 'Hang',
        description: 'Is never answered.',
        method: 'GET',
        path: '/hang',
        input: z.object({ text: z.string() }),
        tags: ['readOnlyHint'],
      }),
      open('json_schema_2020_12_tool', 'Has a schema with every means.', CONTACT, RULES),
    ],
  };
}
/** A tool whose schema is shown as it is written. */
const open = (slug: string, description: string, properties: object, more: object) =>
  httpTool({
    slug,
    name: description,
    description,
    method: 'GET',
    path: '/open',
    input: { type: 'object', properties, ...more },
    tags: ['readOnlyHint'],
  });

const CONTACT = {
  name: { type: 'string' },
  address: { $ref: '#/$defs/address' },
  contactMethod: { type: 'string', enum: ['phone', 'email'] },
  phone: { type: 'string' },
  email: { type: 'string' },
};
const RULES = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  // As text, because an object of ours with a `then` could be taken for a promise.
  ...(JSON.parse(`{
    "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
    "then": { "required": ["phone"] },
    "else": { "required": ["email"] }
  }`) as object),
  additionalProperties: false,
};
