import type { VNode } from 'preact';
import { Page } from '../pages/index.js';

/** The frame in which Scalar's script draws the reference. */
export function ReferencePage(): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>Patchbay: the API</title>
      </head>
      <body>
        <noscript>
          The reference is drawn by a script. What it shows is at{' '}
          <a href="/api/v3.1/openapi.json">openapi.json</a>.
        </noscript>
        <div id="reference" />
        <script src="/docs/scalar.js" />
        <script src="/docs/start.js" />
      </body>
    </html>
  );
}

/** Nothing is sent to anybody else, and nothing loaded from there. */
export const START = `Scalar.createApiReference('#reference', ${JSON.stringify({
  url: '/api/v3.1/openapi.json',
  theme: 'none',
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  documentDownloadType: 'direct',
  customCss: `
.light-mode { --scalar-color-1: #1c2030; --scalar-color-2: #4a5164; --scalar-color-3: #5b6274; --scalar-color-accent: #3b4cca; --scalar-background-1: #fff; --scalar-background-2: #f4f5fa; --scalar-background-3: #eef0f6; --scalar-border-color: #d9dde8; }
.dark-mode { --scalar-color-1: #eceef6; --scalar-color-2: #c3c8d8; --scalar-color-3: #a8aec2; --scalar-color-accent: #7f8df5; --scalar-background-1: #12151f; --scalar-background-2: #1d2130; --scalar-background-3: #262b3d; --scalar-border-color: #343a4e; }
:root { --scalar-font: system-ui, sans-serif; --scalar-font-code: ui-monospace, monospace; --scalar-radius: .5rem; --scalar-radius-lg: .75rem; }`,
})});`;

/** What this is, and where to go from here. */
export function WelcomePage({ url }: { url: string }): VNode {
  const command = [
    `curl ${url}/api/v3.1/tool_router/session \\`,
    '  -H "x-api-key: $PATCHBAY_API_KEY" -H "content-type: application/json" \\',
    `  -d '{"user_id": "user_a", "toolkits": {"enable": ["time"]}}'`,
  ].join('\n');
  return (
    <Page title="Patchbay">
      <h1>Patchbay</h1>
      <p>
        Gives every user of an AI product one session: the tools they may use, the accounts they have
        connected, an MCP endpoint, a workbench, and a record of every call.
      </p>
      <ul>
        <li>
          <a href="/console">The console</a>, to see and do it all
        </li>
        <li>
          <a href="/docs">The API</a>, to read
        </li>
        <li>
          <a href="/api/v3.1/openapi.json">openapi.json</a>, for programs
        </li>
        <li>
          <a href="/health/ready">Health</a>, service by service
        </li>
      </ul>
      <h2>Make a first session</h2>
      <p class="soft">With a project’s API key, which the start printed or the organisation’s key makes:</p>
      {/* It scrolls, so the keyboard must reach it. */}
      <pre tabIndex={0} aria-label="A command that makes a session">
        {command}
      </pre>
      <p class="soft">
        An MCP client takes the address in the answer’s <code>mcp.url</code>, with the same key.
      </p>
    </Page>
  );
}
