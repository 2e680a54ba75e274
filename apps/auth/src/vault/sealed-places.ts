import type { SealedPlace } from '@patchbay/vault';
import type { SealedColumn } from './vault.service.js';

const OF_ITS_CONNECTION = 'connected_accounts owner ON owner.id = place.connection_id';
const OF_ITS_LINK = `connect_links link ON link.token_sha256 = place.link_token_sha256
            JOIN connected_accounts owner ON owner.id = link.connection_id`;

/** Where sealed values lie, and how to find whose they are. */
export const SEALED_PLACES: readonly SealedPlace<SealedColumn>[] = [
  {
    column: 'connected_accounts.sealed_credential',
    key: 'id',
    owner: 'connected_accounts owner ON owner.id = place.id',
  },
  {
    column: 'auth_configs.sealed_credentials',
    key: 'id',
    owner: 'auth_configs owner ON owner.id = place.id',
  },
  { column: 'connect_links.sealed_values', key: 'token_sha256', owner: OF_ITS_CONNECTION },
  {
    column: 'sign_ins.sealed_secrets',
    key: 'state_sha256',
    owner: OF_ITS_LINK,
  },
  {
    column: 'unverified_sign_ins.sealed_secrets',
    key: 'session_sha256',
    owner: OF_ITS_LINK,
  },
  {
    column: 'transfer_keys.sealed_key',
    key: 'kid',
    owner: "(SELECT kid AS id, '' AS project_id FROM transfer_keys) owner ON owner.id = place.kid",
  },
  {
    column: 'project_toolkits.sealed_headers',
    key: 'id',
    owner: 'project_toolkits owner ON owner.id = place.id',
  },
  { column: 'refreshes.sealed_response', key: 'connection_id', owner: OF_ITS_CONNECTION },
  {
    column: 'oidc_sign_ins.sealed_secrets',
    key: 'state_sha256',
    owner:
      "(SELECT state_sha256 AS id, '' AS project_id FROM oidc_sign_ins) owner ON owner.id = place.state_sha256",
  },
];
