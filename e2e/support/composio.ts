import { Composio } from '@composio/core';
import { environment } from './environment.js';

/** The official SDK, as a customer would make it, pointed at the platform. */
export function newComposio(
  apiKey = environment.apiKey,
  baseURL = environment.baseUrl,
  more: { toolkitVersions?: 'latest' | Record<string, string> } = {},
): Composio {
  return new Composio({ apiKey, baseURL, allowTracking: false, disableVersionCheck: true, ...more });
}

/** Names of tools in the OpenAI provider's form, in their order. */
export function toolNames(tools: { type: string; function?: { name: string } }[]): string[] {
  return tools.map((tool) => tool.function?.name ?? `a tool of type ${tool.type}`);
}
