import { AuthScheme } from '@composio/core';
import type { newComposio } from './composio.js';
import { environment } from './environment.js';

type Composio = ReturnType<typeof newComposio>;

export interface KeyedAccount {
  alias?: string;
  /** Whose key at the keyed API it is. */
  owner?: keyof typeof environment.keys;
}

/** An account with an API key, ACTIVE at once. Gives its id. */
export async function connectKeyed(
  composio: Composio,
  userId: string,
  configId: string,
  { alias, owner = 'ada' }: KeyedAccount = {},
): Promise<string> {
  const request = await composio.connectedAccounts.initiate(userId, configId, {
    allowMultiple: true,
    config: AuthScheme.APIKey({ generic_api_key: environment.keys[owner] }),
    ...(alias !== undefined && { alias }),
  });
  return request.id;
}

/** Who the toolkit's own API says is calling, in a session or by a direct call. */
export function nameIn(result: { data?: unknown }): string | undefined {
  return (result.data as { name?: string } | undefined)?.name;
}
