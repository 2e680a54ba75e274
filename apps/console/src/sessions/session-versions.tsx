import type { Item } from '@patchbay/client';
import { useList } from '../api/index.js';
import { Differences } from '../differences/index.js';
import { JsonView } from '../json/index.js';
import { Status, Time } from '../ui/index.js';
import { Rows } from './session-lists.js';

type Version = Item<'listSessionVersions'>;

/** Each version of what a session may use, with what it changed of the one before. */
export function SessionVersions({ sessionId }: { sessionId: string }) {
  const pages = useList('listSessionVersions', { path: { sessionId } });
  const before = (version: number) => pages.items.find((one) => one.version === version - 1);
  return (
    <Rows
      pages={pages}
      what="The versions"
      empty="It has one version."
      idOf={({ version }) => String(version)}
    >
      {(version) => <OneVersion sessionId={sessionId} version={version} before={before(version.version)} />}
    </Rows>
  );
}

function OneVersion(props: { sessionId: string; version: Version; before: Version | undefined }) {
  const { version: shown, before, sessionId } = props;
  const { version, created_at, is_current, config } = shown;
  return (
    <details open={is_current && version > 1}>
      <summary className="flex items-center gap-3 rounded text-sm">
        <span className="font-medium">Version {version}</span>
        {is_current && <Status tone="good" word="Present" />}
        <Time at={created_at} className="ml-auto text-soft" />
      </summary>
      <div className="pt-3">
        {before ? (
          <>
            <p className="mb-2 text-sm text-soft">What it changed of version {before.version}:</p>
            <Differences before={before.config} after={config} />
          </>
        ) : (
          version === 1 && <p className="text-sm text-soft">As the session was made.</p>
        )}
      </div>
      <div className="-mx-4 sm:-mx-6">
        <JsonView title="Configuration" value={config} name={`${sessionId}-${version}`} />
      </div>
    </details>
  );
}
