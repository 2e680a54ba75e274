import type { Item } from '@patchbay/client';
import { Link } from '@tanstack/react-router';
import { ApiError } from '@patchbay/client';
import { useAct, useMay, useScope } from '../api/index.js';
import { Button, buttonClass, CopyButton, Icon, Id, reasonOf, Status } from '../ui/index.js';

/** The user's sign-in at the provider: a page to open here, or to send to them. */
export function ConnectStep(props: {
  sessionId: string;
  toolkit: Item<'listSessionToolkits'>;
  isConnected: boolean;
}) {
  const { sessionId, toolkit, isConnected } = props;
  const { project } = useScope();
  const mayLink = useMay('developer');
  const link = useAct('createSessionLink');
  if (isConnected && toolkit.connected_account)
    return (
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg p-3 ring-1 ring-line ring-inset">
        <Status tone="good" word="Connected" />
        <Id value={toolkit.connected_account.id} longest={40} />
      </div>
    );
  const needsConfig = link.error instanceof ApiError && link.error.slug === 'ToolRouterV2_NoManagedAuth';
  return (
    <>
      <p className="mb-3 text-soft">
        The user signs in at {toolkit.name} once. The account then works in all their sessions.
      </p>
      {link.data ? (
        <div className="flex flex-wrap items-center gap-3">
          <a
            href={link.data.redirect_url}
            target="_blank"
            rel="noopener noreferrer"
            className={buttonClass('primary')}
          >
            Open the sign-in <Icon name="external" size={14} />
          </a>
          <CopyButton text={link.data.redirect_url} label="Copy the link for the user" />
          <span role="status" className="flex items-center gap-2 text-sm text-soft">
            <Icon name="running" size={14} className="animate-spin" /> Waiting for the sign-in
          </span>
        </div>
      ) : (
        <Button
          kind="primary"
          icon="link"
          isBusy={link.isPending}
          disabled={!mayLink}
          onClick={() => link.mutate({ path: { sessionId }, body: { toolkit: toolkit.slug } })}
        >
          Make a connect link
        </Button>
      )}
      {link.error && (
        <div role="alert" className="mt-3 text-sm break-words text-bad">
          {reasonOf(link.error)}{' '}
          {needsConfig && (
            <Link
              to={'/p/$project/auth-configs' as '/p/$project'}
              params={{ project: project.id }}
              search={{ toolkit: toolkit.slug, make: 'yes' }}
              className="text-accent underline"
            >
              Make an auth config
            </Link>
          )}
        </div>
      )}
    </>
  );
}
