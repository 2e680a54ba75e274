import type { Answer, BodyOf } from '@patchbay/client';
import { useState } from 'react';
import { useAct } from '../api/index.js';
import { Button, Choice, Field, LinesField, Modal, reasonOf } from '../ui/index.js';

type Account = Answer<'getConnectedAccount'>;
type Sharing = NonNullable<BodyOf<'updateConnectedAccount'>['experimental']>;
type Way = 'private' | 'some' | 'all';

/** Says which users besides its own may use an account. */
export function ShareAccount({ account, onClose }: { account: Account; onClose: () => void }) {
  const { account_type: type, acl_config_for_shared: acl } = account.experimental;
  const [way, setWay] = useState<Way>(type !== 'SHARED' ? 'private' : acl?.allow_all_users ? 'all' : 'some');
  const [allowed, setAllowed] = useState(() => acl?.allowed_user_ids.join('\n') ?? '');
  const [refused, setRefused] = useState(() => acl?.not_allowed_user_ids.join('\n') ?? '');
  const update = useAct('updateConnectedAccount', { onDone: onClose });
  const sharing = (): Sharing =>
    way === 'private'
      ? { account_type: 'PRIVATE' }
      : {
          account_type: 'SHARED',
          acl_config_for_shared: {
            allow_all_users: way === 'all',
            allowed_user_ids: way === 'some' ? usersIn(allowed) : [],
            not_allowed_user_ids: usersIn(refused),
          },
        };
  const users = (
    label: string,
    hint: string,
    value: string,
    set: (text: string) => void,
    isRequired: boolean,
  ) => (
    <LinesField
      label={label}
      hint={hint}
      className="min-h-20"
      required={isRequired}
      value={value}
      onChange={set}
    />
  );
  return (
    <Modal
      title="Share the account"
      description="Who may use it acts as its owner at the provider, in sessions that pin it."
      isOpen
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          update.mutate({ path: { id: account.id }, body: { experimental: sharing() } });
        }}
      >
        <Field label="May be used by">
          {(given) => (
            <Choice
              {...given}
              label="May be used by"
              className="w-full max-w-full"
              value={way}
              options={[
                ['private', 'its own user alone'],
                ['some', 'users that are named'],
                ['all', 'every user of the project'],
              ]}
              onChange={(next) => setWay(next as Way)}
            />
          )}
        </Field>
        {way === 'some' && users('Users', 'One id a line.', allowed, setAllowed, true)}
        {way !== 'private' &&
          users('But never by', 'One id a line. May be left empty.', refused, setRefused, false)}
        {way === 'private' && type === 'SHARED' && (
          <p className="mb-4 rounded-lg bg-wait-soft p-3 text-sm">
            Sessions of other users that pin it cannot use it any more, at once.
          </p>
        )}
        {update.error && (
          <p role="alert" className="mb-3 rounded-lg bg-bad-soft p-3 text-sm break-words">
            {reasonOf(update.error)}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={update.isPending}>
            {way === 'private' ? 'Keep it private' : 'Share it'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

const usersIn = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
