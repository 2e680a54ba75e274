/**
 * `server.json` of servers as their makers published them in their repositories (2025 and 2026): PostHog, Apify, Context7,
 * Brave, GitHub, Exa, and the example of a tenant in an address out of the format's own documentation.
 */
const SCHEMA = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json';

const POSTHOG_HEADERS = [
  {
    name: 'Authorization',
    description:
      "Bearer token with your PostHog personal API key. Create one at https://us.posthog.com/settings/user-api-keys with the 'MCP Server' preset.",
    isRequired: true,
    isSecret: true,
    value: 'Bearer {api_key}',
    variables: {
      api_key: { description: 'Your PostHog personal API key', isRequired: true, isSecret: true },
    },
  },
];

export const PUBLISHED_SERVERS = [
  {
    $schema: SCHEMA,
    name: 'io.github.PostHog/mcp',
    title: 'PostHog MCP Server',
    description: 'Official PostHog MCP Server for product analytics, feature flags, experiments, and more.',
    repository: { url: 'https://github.com/PostHog/posthog', source: 'github', subfolder: 'services/mcp' },
    version: '0.2.5',
    remotes: [
      { type: 'streamable-http', url: 'https://mcp.posthog.com/mcp', headers: POSTHOG_HEADERS },
      { type: 'sse', url: 'https://mcp.posthog.com/sse', headers: POSTHOG_HEADERS },
    ],
  },
  {
    $schema: SCHEMA,
    name: 'com.apify/apify-mcp-server',
    description:
      'Extract data from any website with thousands of scrapers, crawlers, and automations on Apify Store ⚡',
    repository: { url: 'https://github.com/apify/apify-mcp-server', source: 'github' },
    version: '0.17.4',
    remotes: [
      {
        type: 'streamable-http',
        url: 'https://mcp.apify.com/',
        headers: [
          {
            name: 'Authorization',
            description:
              "Apify API token for authentication with Apify platform services. For example 'Bearer <apify-api-token>'",
            isRequired: true,
            isSecret: true,
          },
        ],
      },
    ],
  },
  {
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-10-17/server.schema.json',
    name: 'io.github.upstash/context7',
    title: 'Context7',
    description: 'Up-to-date code docs for any prompt',
    repository: { url: 'https://github.com/upstash/context7', source: 'github' },
    version: '1.0.0',
    packages: [
      {
        registryType: 'npm',
        identifier: '@upstash/context7-mcp',
        version: '1.0.26',
        transport: { type: 'stdio' },
        environmentVariables: [
          {
            description: 'API key for authentication',
            isRequired: false,
            format: 'string',
            isSecret: true,
            name: 'CONTEXT7_API_KEY',
          },
        ],
      },
    ],
  },
  {
    $schema: SCHEMA,
    name: 'io.github.brave/brave-search-mcp-server',
    description:
      'Brave Search MCP Server: web results, images, videos, rich results, AI summaries, and more.',
    version: '2.1.3',
    repository: { url: 'https://github.com/brave/brave-search-mcp-server', source: 'github' },
    packages: [
      {
        registryType: 'npm',
        registryBaseUrl: 'https://registry.npmjs.org',
        identifier: '@brave/brave-search-mcp-server',
        version: '2.1.3',
        transport: { type: 'stdio' },
        environmentVariables: [
          {
            name: 'BRAVE_API_KEY',
            description: 'Your API key for the service',
            format: 'string',
            isRequired: true,
            isSecret: true,
          },
        ],
      },
    ],
  },
  {
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-10-17/server.schema.json',
    name: 'io.github.github/github-mcp-server',
    description:
      'Connect AI assistants to GitHub - manage repos, issues, PRs, and workflows through natural language.',
    title: 'GitHub MCP Server',
    status: 'active',
    repository: { url: 'https://github.com/github/github-mcp-server', source: 'github' },
    version: '0.20.0',
    packages: [
      {
        registryType: 'oci',
        identifier: 'ghcr.io/github/github-mcp-server:0.20.0',
        transport: { type: 'stdio' },
        runtimeArguments: [
          {
            type: 'positional',
            value: 'run',
            description: 'The runtime command to execute',
            isRequired: true,
          },
          {
            type: 'named',
            name: '-e',
            description: 'Set an environment variable in the runtime',
            value: 'GITHUB_PERSONAL_ACCESS_TOKEN={token}',
            isRequired: true,
            variables: { token: { isRequired: true, isSecret: true, format: 'string' } },
          },
        ],
      },
    ],
  },
  {
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-07-09/server.schema.json',
    name: 'io.github.exa-labs/exa-mcp-server',
    description:
      'MCP server with Exa for web search and web crawling. Exa is the search engine for AI Applications.',
    version: '3.2.0',
    packages: [{ registryType: 'npm', identifier: 'exa-mcp-server', version: '3.2.0' }],
    remotes: [
      {
        type: 'sse',
        url: 'https://mcp.exa.ai/mcp?tools=web_search_exa,web_search_advanced_exa,crawling_exa',
        description: 'Hosted Exa MCP server with web search and web crawling capabilities.',
      },
    ],
  },
  {
    $schema: SCHEMA,
    name: 'com.example/tenants',
    description: 'An address with the tenant in it.',
    version: '1.0.0',
    remotes: [
      {
        type: 'streamable-http',
        url: 'https://{tenant_id}.api.example.com/mcp',
        variables: { tenant_id: { description: 'Your tenant identifier', isRequired: true } },
      },
    ],
  },
];
