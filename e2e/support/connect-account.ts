import { z } from 'zod';
import { environment, unique } from './environment.js';
import { call } from './http.js';

const WithId = z.object({ id: z.string() });

/** An account with an API key, which the project's webhook and its subscribers are told of. @returns its id */
export async function connectAccount(apiKey: string, userId = unique('user')): Promise<string> {
  const custom = { type: 'use_custom_auth', authScheme: 'API_KEY', credentials: {} };
  const wanted = { toolkit: { slug: 'keyed' }, auth_config: custom };
  const config = await call('/auth_configs', { apiKey, body: wanted });
  const { auth_config: authConfig } = z.object({ auth_config: WithId }).parse(config.body);
  const state = { authScheme: 'API_KEY', val: { status: 'ACTIVE', generic_api_key: environment.keys.ada } };
  const body = { auth_config: authConfig, connection: { user_id: userId, state } };
  return WithId.parse((await call('/connected_accounts', { apiKey, body })).body).id;
}
