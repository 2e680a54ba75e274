import type { BaseAgenticProvider, ToolExecuteResponse } from '@composio/core';
import { z } from 'zod';
import * as zod3 from 'zod/v3';
import { environment } from './environment.js';

/** The official SDK of today, which older ones are used like as far as they go. */
type Sdk = typeof import('@composio/core');

/** A tool as an agent is given it: a name, and how to run it. */
export interface AgentTool {
  name: string;
  run: (input: Record<string, unknown>) => Promise<ToolExecuteResponse>;
}
type AgentProvider = BaseAgenticProvider<AgentTool[], AgentTool, unknown>;

/** Releases of the official SDK that are in use side by side, by the name under which each is installed. */
export const SDK_VERSIONS: [version: string, module: string][] = [
  ['0.10', 'composio-core-0-10'],
  ['0.13', 'composio-core-0-13'],
  ['0.19', '@composio/core'],
  ['0.21', 'composio-core-0-21'],
];

/** A release of the SDK with an agent's tools, and the zod that it takes for tools of the caller's own. */
export async function loadSdk(module: string) {
  const sdk = (await import(module)) as Sdk;
  const { apiKey, baseUrl: baseURL } = environment;
  const provider = new (agentProviderOf(sdk))();
  return {
    composio: new sdk.Composio<AgentProvider>({
      apiKey,
      baseURL,
      allowTracking: false,
      disableVersionCheck: true,
      provider,
    }),
    createTool: sdk.experimental_createTool,
    createToolkit: sdk.experimental_createToolkit,
    // Before 0.13 the SDK read schemas of zod 3 only.
    z: module === 'composio-core-0-10' ? (zod3.z as unknown as typeof z) : z,
  };
}

function agentProviderOf({ BaseAgenticProvider: Base }: Sdk): new () => AgentProvider {
  return class extends Base<AgentTool[], AgentTool, unknown> {
    readonly name = 'agent';

    wrapTool(...[tool, execute]: Parameters<AgentProvider['wrapTool']>): AgentTool {
      return { name: tool.slug, run: (input) => execute(tool.slug, input) };
    }

    wrapTools(...[tools, execute]: Parameters<AgentProvider['wrapTools']>): AgentTool[] {
      return tools.map((tool) => this.wrapTool(tool, execute));
    }
  };
}
