import type { Answer } from '@patchbay/client';
import { useState } from 'react';
import { useAct, useMay } from '../api/index.js';
import {
  Button,
  buttonClass,
  Confirm,
  CopyButton,
  Icon,
  Modal,
  notify,
  reasonOf,
  TextField,
} from '../ui/index.js';

import { ShareAccount } from './share-account.js';

type Account = Answer<'getConnectedAccount'>;

/** What can be done about an account, by who may. */
export function AccountActs({ account, onDeleted }: { account: Account; onDeleted: () => void }) {
  const may = useMay('developer');
  const [asking, setAsking] = useState<'revoke' | 'delete' | 'alias' | 'share'>();
  const path = { id: account.id };
  const refresh = useAct('refreshConnectedAccount');
  const setStatus = useAct('setConnectedAccountStatus');
  const revoke = useAct('revokeConnectedAccount');
  const remove = useAct('deleteConnectedAccount');
  if (!may) return <p className="mt-3 text-xs text-soft">Your role may look at it, and change nothing.</p>;

  const isActive = account.status === 'ACTIVE';
  const link = refresh.data?.redirect_url;
  const error = refresh.error ?? setStatus.error;
  const who = `${account.toolkit.slug} account of ${account.user_id.slice(0, 80)}`;
  return (
    <div className="mt-4">
      <div className="flex flex-wrap gap-2">
        <Button
          kind={isActive ? 'plain' : 'primary'}
          icon={isActive ? 'refresh' : 'link'}
          isBusy={refresh.isPending}
          onClick={() =>
            refresh.mutate(
              { path },
              { onSuccess: ({ redirect_url }) => redirect_url ?? notify('Its credentials are fresh') },
            )
          }
        >
          {isActive ? 'Refresh' : 'Make a reconnect link'}
        </Button>
        <Button
          icon={account.is_disabled ? 'play' : 'pause'}
          isBusy={setStatus.isPending}
          onClick={() => setStatus.mutate({ path, body: { enabled: account.is_disabled } })}
        >
          {account.is_disabled ? 'Enable' : 'Disable'}
        </Button>
        <Button icon="pencil" onClick={() => setAsking('alias')}>
          Rename
        </Button>
        <Button icon="users" onClick={() => setAsking('share')}>
          Share
        </Button>
        {isActive && (
          <Button kind="danger" onClick={() => setAsking('revoke')}>
            Revoke
          </Button>
        )}
        <Button kind="danger" icon="trash" onClick={() => setAsking('delete')}>
          Delete
        </Button>
      </div>
      {link && (
        <div className="mt-3 flex flex-wrap items-center gap-2 rounded-lg bg-accent-soft p-3">
          <span className="text-sm">The user signs in again here, once:</span>
          <CopyButton text={link} label="Copy the link" />
          <a href={link} target="_blank" rel="noopener noreferrer" className={buttonClass('quiet', true)}>
            Open <Icon name="external" size={12} />
          </a>
        </div>
      )}
      {error && (
        <p role="alert" className="mt-3 text-sm break-words text-bad">
          {reasonOf(error)}
        </p>
      )}
      {asking === 'alias' && <Rename account={account} onClose={() => setAsking(undefined)} />}
      {asking === 'share' && <ShareAccount account={account} onClose={() => setAsking(undefined)} />}
      <Confirm
        isOpen={asking === 'revoke'}
        onClose={() => setAsking(undefined)}
        title={`Revoke the ${who}`}
        loss="The provider is told to end what it gave, where it can be told. Calls of this user fail until they sign in again. This cannot be undone."
        deed="Revoke the account"
        act={() => revoke.mutateAsync({ path })}
      />
      <Confirm
        isOpen={asking === 'delete'}
        onClose={() => setAsking(undefined)}
        title={`Delete the ${who}`}
        loss="Its credentials are destroyed, and sessions that pin it lose it. Its calls stay on record. This cannot be undone."
        deed="Delete the account"
        act={() => remove.mutateAsync({ path }).then(onDeleted)}
      />
    </div>
  );
}

function Rename({ account, onClose }: { account: Account; onClose: () => void }) {
  const [alias, setAlias] = useState(account.alias ?? '');
  const update = useAct('updateConnectedAccount', { onDone: onClose });
  return (
    <Modal title="Rename the account" isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          update.mutate({ path: { id: account.id }, body: { alias: alias.trim() } });
        }}
      >
        <TextField
          label="Name"
          hint="By it, agents and people tell several accounts of a user apart."
          error={update.error ? reasonOf(update.error) : undefined}
          value={alias}
          maxLength={100}
          required
          onChange={setAlias}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={update.isPending}>
            Rename
          </Button>
        </div>
      </form>
    </Modal>
  );
}
