import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mcpClients } from './mcp-clients.js';

const page = readFileSync(new URL('../../../../docs/mcp-clients.md', import.meta.url), 'utf8');
const clients = mcpClients('https://patchbay.example.com/tool_router/trs_0123456789AB/mcp');

describe('what MCP clients are set up with', () => {
  it.each(Object.values(clients))('stands in docs/mcp-clients.md as the API prints it: $name', (client) => {
    expect(page).toContain(client.name);
    expect(page).toContain(`\n${client.content.trimEnd()}\n\`\`\``);
    expect(page).toContain(client.path ? `\`${client.path}\`` : client.name);
  });

  it('tells the bridge of plain HTTP only where it leaves this machine', () => {
    const desktop = (url: string) => mcpClients(url)['claude_desktop']?.content;
    expect(desktop('http://10.0.0.7:3000/mcp')).toContain('--allow-http');
    expect(desktop('http://localhost:3000/mcp')).not.toContain('--allow-http');
    expect(desktop('https://10.0.0.7/mcp')).not.toContain('--allow-http');
  });

  it('is one word for a shell, whatever the address is', () => {
    expect(mcpClients("https://a.example/it's")['claude_code']?.content).toContain(
      `'https://a.example/it'\\''s'`,
    );
  });
});
