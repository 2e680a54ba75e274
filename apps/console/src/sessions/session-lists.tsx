import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useApi, useList, useScope, type Pages } from '../api/index.js';
import {
  AccountStatus,
  Button,
  bytes,
  complain,
  Failure,
  Icon,
  Logo,
  reasonOf,
  SkeletonLines,
  Status,
  Time,
} from '../ui/index.js';

/** The tools that an agent in the session is really shown. */
export function SessionTools({ sessionId }: { sessionId: string }) {
  const pages = useList('listSessionTools', { path: { sessionId } });
  return (
    <Rows
      pages={pages}
      what="The tools"
      empty="An agent in this session is shown no tool."
      idOf={({ slug }) => slug}
    >
      {({ slug, description }) => (
        <>
          <p className="truncate font-mono text-sm">{slug}</p>
          <p className="line-clamp-2 text-sm break-words text-soft">{description}</p>
        </>
      )}
    </Rows>
  );
}

/** The session's toolkits, each with the account that a call would use now. */
export function SessionAccounts({ sessionId }: { sessionId: string }) {
  const { project } = useScope();
  const pages = useList('listSessionToolkits', { path: { sessionId } }, { every: 15_000 });
  return (
    <Rows pages={pages} what="The accounts" empty="No toolkit is in this session." idOf={({ slug }) => slug}>
      {({ slug, name, meta, is_no_auth, connected_account: account }) => (
        <div className="flex items-center gap-3">
          <Logo src={meta.logo} name={name} size={24} />
          <span className="min-w-0 flex-1 truncate">
            {name} <span className="font-mono text-xs text-soft">{slug}</span>
          </span>
          {is_no_auth ? (
            <Status tone="good" word="None needed" />
          ) : account ? (
            <Link
              to="/p/$project/accounts/$account"
              params={{ project: project.id, account: account.id }}
              className="rounded hover:underline"
            >
              <AccountStatus status={account.status} />
            </Link>
          ) : (
            <Status tone="off" word="Not connected" />
          )}
        </div>
      )}
    </Rows>
  );
}

export function SessionFiles({ sessionId }: { sessionId: string }) {
  const api = useApi();
  const path = { sessionId, mountId: 'files' };
  const pages = useList('listMountItems', { path });
  const open = (mount_relative_path: string) => {
    api.request('createMountDownloadUrl', { path, body: { mount_relative_path } }).then(
      ({ download_url }) => window.open(download_url, '_blank', 'noopener'),
      (error: unknown) => complain(reasonOf(error)),
    );
  };
  return (
    <Rows
      pages={pages}
      what="The files"
      empty="No file is in this session. Its workbench and its tools leave theirs here."
      idOf={({ mount_relative_path: name }) => name}
    >
      {({ mount_relative_path: name, size, last_modified }) => (
        <div className="flex items-center gap-3 text-sm">
          <Icon name="file" className="text-soft" />
          <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
          <span className="num text-soft">{bytes(size)}</span>
          <Time at={last_modified} className="text-soft" />
          <Button icon="download" isSmall onClick={() => open(name)} aria-label={`Download ${name}`} />
        </div>
      )}
    </Rows>
  );
}

interface RowsProps<T> {
  pages: Pages<T>;
  what: string;
  empty: string;
  idOf: (row: T) => string;
  children: (row: T) => ReactNode;
}

/** A short list inside of something else, with more of it for who asks. */
export function Rows<T>({ pages, what, empty, idOf, children }: RowsProps<T>) {
  if (pages.error && pages.items.length === 0)
    return <Failure error={pages.error} what={what} onRetry={pages.reload} />;
  if (pages.isPending) return <SkeletonLines lines={6} />;
  if (pages.items.length === 0) return <p className="px-4 py-6 text-sm text-soft sm:px-6">{empty}</p>;
  return (
    <>
      <ul className="divide-y divide-line/60">
        {pages.items.map((row) => (
          <li key={idOf(row)} className="px-4 py-2.5 sm:px-6">
            {children(row)}
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <div className="p-4">
          <Button isBusy={pages.isLoadingMore} onClick={pages.loadMore}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
