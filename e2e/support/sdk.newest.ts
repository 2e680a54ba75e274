import { Composio } from 'composio-core-0-21';
import { environment } from './environment.js';

/**
 * The newest SDK, with all of its methods: its own client is on no registry yet, and the one that stands in for it lacks
 * some operations. Those are added here, by the paths of the contract (`sdk-0.21.md`); the SDK itself is as it comes.
 */
export function newestComposio(apiKey = environment.apiKey, baseURL = environment.baseUrl): Composio {
  const composio = new Composio({
    apiKey,
    baseURL,
    allowTracking: false,
    disableVersionCheck: true,
  });
  const client = composio.getClient();
  const at = (path: string) => `/api/v3.1${path}`;
  Object.assign(client, {
    sessionConfigs: {
      list: (query: Record<string, unknown>) => client.get(at('/session_configs'), { query }),
      retrieve: (id: string) => client.get(at(`/session_configs/${id}`)),
    },
    keyring: { listTransferKeys: () => client.get(at('/keyring/transfer_keys')) },
    custom: {
      upsert: (body: unknown) => client.post(at('/custom/toolkits/upsert'), { body }),
      sync: (body: unknown) => client.post(at('/custom/toolkits/sync'), { body }),
      deleteToolkit: (slug: string) => client.delete(at(`/custom/toolkits/${slug}`)),
    },
  });
  // Of these the client has the rest.
  Object.assign(client.toolkits, {
    recommendScopes: (slug: string, body: unknown) =>
      client.post(at(`/toolkits/${slug}/scopes/recommended`), { body }),
    retrieveScopesGrantContext: (slug: string, query: Record<string, unknown>) =>
      client.get(at(`/toolkits/${slug}/scopes/grant_context`), { query }),
  });
  Object.assign(client.connectedAccounts, {
    completeAuth: (body: unknown) => client.post(at('/connected_accounts/complete_auth'), { body }),
  });
  return composio;
}
