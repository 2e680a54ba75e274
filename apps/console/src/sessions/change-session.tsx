import type { Answer } from '@patchbay/client';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/index.js';
import {
  Button,
  Choice,
  Field,
  LinesField,
  Modal,
  notify,
  reasonOf,
  Switch,
  TextField,
} from '../ui/index.js';
import {
  accountsAsWords,
  accountsIn,
  toolkitsAsWords,
  toolsAsWords,
  toolsIn,
  wordsIn,
  type Changes,
} from './scope-words.js';

type Session = Answer<'getSession'>;
type Permission = 'allow_all' | 'ask_every_call' | 'ask_once_per_session';

/** Changes what a session may use. Somebody else's change meanwhile is not overwritten. */
export function ChangeSession({ session, onClose }: { session: Session; onClose: () => void }) {
  const { config } = session;
  const [{ way, slugs }, setToolkits] = useState(() => toolkitsAsWords(config));
  const [tools, setTools] = useState(() => toolsAsWords(config));
  const [accounts, setAccounts] = useState(() => accountsAsWords(config));
  const [tagsOn, setTagsOn] = useState(() => config.tags.enabled?.join(', ') ?? '');
  const [tagsOff, setTagsOff] = useState(() => config.tags.disabled?.join(', ') ?? '');
  const before: Permission = config.experimental?.permissions?.default ?? 'allow_all';
  const [permission, setPermission] = useState(before);
  const [hasWorkbench, setWorkbench] = useState(config.workbench.enable);
  const [connects, setConnects] = useState(config.manage_connections.enabled);
  const change = useAct('updateSession', {
    onDone({ config_version: version }) {
      notify(`The session is at version ${version}`);
      onClose();
    },
  });
  const readTools = toolsIn(tools, config);
  const readAccounts = accountsIn(accounts);
  const isReadable = 'tools' in readTools && 'accounts' in readAccounts;
  const body = (): Changes => ({
    expected_config_version: session.config_version,
    toolkits:
      way === 'all' ? null : way === 'only' ? { enable: wordsIn(slugs) } : { disable: wordsIn(slugs) },
    ...('tools' in readTools && { tools: readTools.tools }),
    ...('accounts' in readAccounts && { connected_accounts: readAccounts.accounts }),
    tags:
      tagsOn.trim() || tagsOff.trim()
        ? {
            ...(tagsOn.trim() && { enable: wordsIn(tagsOn) }),
            ...(tagsOff.trim() && { disable: wordsIn(tagsOff) }),
          }
        : null,
    workbench: { enable: hasWorkbench },
    manage_connections: { enable: connects },
    // Where nothing was said of them, nothing is said of them now.
    ...(permission !== before && {
      experimental: {
        permissions: { default: permission, overrides: config.experimental?.permissions?.overrides ?? {} },
      },
    }),
  });
  const lines = (label: string, hint: string, value: string, set: (text: string) => void, wrong?: string) => (
    <LinesField
      label={label}
      hint={hint}
      error={wrong === undefined ? undefined : `This line cannot be read: ${wrong}`}
      maxLength={20_000}
      value={value}
      onChange={set}
    />
  );
  return (
    <Modal
      title="Change the session"
      description={`It becomes version ${session.config_version + 1}, for calls from then on.`}
      isOpen
      isWide
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ path: { sessionId: session.session_id }, body: body() });
        }}
      >
        <Row>
          <Field label="Toolkits">
            {(given) => (
              <Choice
                {...given}
                label="Toolkits"
                className="w-full max-w-full"
                value={way}
                options={[
                  ['all', 'all of them'],
                  ['only', 'only these'],
                  ['but', 'all but these'],
                ]}
                onChange={(next) => setToolkits({ way: next as typeof way, slugs })}
              />
            )}
          </Field>
          {way !== 'all' && (
            <TextField
              label={way === 'only' ? 'Only these' : 'All but these'}
              hint="Slugs, such as github, slack."
              required
              value={slugs}
              onChange={(text) => setToolkits({ way, slugs: text })}
            />
          )}
        </Row>
        {lines(
          'Tools',
          'A line a toolkit: github: GITHUB_GET_ISSUE lets only that one in, github: -GITHUB_DELETE_REPO all but that one.',
          tools,
          setTools,
          'wrong' in readTools ? readTools.wrong : undefined,
        )}
        {lines(
          'Accounts',
          'A line a toolkit whose accounts are fixed: github: ca_…. Others use what their user has.',
          accounts,
          setAccounts,
          'wrong' in readAccounts ? readAccounts.wrong : undefined,
        )}
        <Row>
          <TextField
            label="Only tools with these tags"
            hint="Such as readOnlyHint."
            value={tagsOn}
            onChange={setTagsOn}
          />
          <TextField
            label="No tools with these tags"
            hint="Such as destructiveHint."
            value={tagsOff}
            onChange={setTagsOff}
          />
        </Row>
        <Field
          label="Permissions"
          hint="Who cannot be asked, as a program that calls the API, is refused where one is asked."
        >
          {(given) => (
            <Choice
              {...given}
              label="Permissions"
              className="w-full max-w-full"
              value={permission}
              options={[
                ['allow_all', 'every call may be made'],
                ['ask_once_per_session', 'the person is asked once for each tool'],
                ['ask_every_call', 'the person is asked before every call'],
              ]}
              onChange={(next) => setPermission(next as Permission)}
            />
          )}
        </Field>
        <div className="mb-4 flex flex-wrap gap-x-6 gap-y-2">
          <Switch label="It has a workbench" isOn={hasWorkbench} onChange={setWorkbench} />
          <Switch label="Its agent may connect accounts" isOn={connects} onChange={setConnects} />
        </div>
        {change.error && (
          <p role="alert" className="mb-3 rounded-lg bg-bad-soft p-3 text-sm break-words">
            {reasonOf(change.error)}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={change.isPending} disabled={!isReadable}>
            Change the session
          </Button>
        </div>
      </form>
    </Modal>
  );
}

const Row = ({ children }: { children: ReactNode }) => (
  <div className="grid gap-x-4 sm:grid-cols-2">{children}</div>
);
