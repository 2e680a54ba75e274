import { useState } from 'react';
import { useAnswer } from '../api/index.js';
import { installAddress, sampleOf, sessionSnippets } from '../snippets/index.js';
import { buttonClass, Failure, Icon, SkeletonLines, Snippet, Tabs } from '../ui/index.js';

/** What to paste, in the language or the client that one has. */
export function UseStep({ sessionId, toolkit }: { sessionId: string; toolkit: string }) {
  const [tab, setTab] = useState('TypeScript');
  const tools = useAnswer('listTools', { query: { toolkit_slug: toolkit, limit: 20 } });
  const clients = useAnswer('listMcpClientSetups', { path: { sessionId } });
  // One that only reads is the better first call.
  const tool = tools.data?.items.find(({ tags }) => tags.includes('readOnlyHint')) ?? tools.data?.items[0];
  if (tools.error)
    return <Failure error={tools.error} what="The tools" onRetry={() => void tools.refetch()} />;
  if (!tools.data) return <SkeletonLines />;
  const snippets = sessionSnippets({
    baseUrl: window.location.origin,
    sessionId,
    tool: tool?.slug ?? 'COMPOSIO_SEARCH_TOOLS',
    args: tool ? sampleOf(tool.input_parameters) : {},
  });
  return (
    <>
      <p className="mb-3 text-soft">
        The variable <code className="font-mono text-ink">PATCHBAY_API_KEY</code> holds the project’s key:{' '}
        <code className="font-mono text-ink">npm start</code> prints it, and owners make more in the settings.
      </p>
      <div className="rounded-lg ring-1 ring-line ring-inset">
        <Tabs
          label="Where to use it"
          value={tab}
          onChange={setTab}
          tabs={[
            ...snippets.map(({ name, text }) => ({
              value: name,
              title: name,
              content: (
                <div className="p-3">
                  <Snippet label={name} text={text} />
                </div>
              ),
            })),
            {
              value: 'mcp',
              title: 'MCP clients',
              content: (
                <ul className="divide-y divide-line">
                  {Object.entries(clients.data?.clients ?? {}).map(
                    ([slug, { name, kind, path, content }]) => {
                      const address = installAddress(slug, content);
                      return (
                        <li key={slug} className="p-3">
                          <details>
                            <summary className="flex items-center gap-2 rounded">
                              <Icon
                                name={kind === 'command' ? 'terminal' : 'file'}
                                size={14}
                                className="text-soft"
                              />
                              <span className="font-medium">{name}</span>
                              <span className="min-w-0 truncate font-mono text-xs text-soft">{path}</span>
                            </summary>
                            <div className="mt-2 space-y-2">
                              {address && (
                                <a href={address} className={buttonClass('primary', true)}>
                                  Add to {name}
                                </a>
                              )}
                              <Snippet label={`Set-up of ${name}`} text={content} />
                            </div>
                          </details>
                        </li>
                      );
                    },
                  )}
                </ul>
              ),
            },
          ]}
        />
      </div>
    </>
  );
}
