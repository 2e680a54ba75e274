import type { CliSession } from '@patchbay/contracts';
import type { VNode } from 'preact';
import { oneLine } from '../display-text/index.js';
import { Page } from '../pages/index.js';

interface Asking {
  session: CliSession;
  /** Whether the command line is at another address than the browser. */
  isElsewhere: boolean;
  problem?: string | undefined;
}

/** Shows which command line it is, by the code that stands there too, before it asks for a key. */
export function SignInPage({ session, isElsewhere, problem }: Asking): VNode {
  const title = 'Sign in a command line';
  return (
    <Page title={title}>
      <h1>{title}</h1>
      {problem && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      <p>
        It will act for you, with{' '}
        {session.scope === 'user' ? 'a key of yours' : 'a key of one of your projects'}, until you end that
        key.
      </p>
      <Facts session={session} />
      {isElsewhere && (
        <p class="bad">
          That is another address than yours. Go on only if you began this yourself, on another machine.
        </p>
      )}
      <form method="post">
        <div class="field">
          <label for="user_key">Your user key</label>
          <input
            id="user_key"
            name="user_key"
            type="password"
            required
            autocomplete="off"
            spellcheck={false}
            aria-describedby="user_key-help"
          />
          <p class="soft" id="user_key-help">
            It begins with uak_. An owner of your organisation gave it to you, or npm start printed it.
          </p>
        </div>
        {session.scope === 'project' && <ProjectField />}
        <button type="submit">The code is the same: sign it in</button>
      </form>
      <p class="soft">
        You did not start this, or somebody sent you here? Then close this page: nothing has happened.
      </p>
    </Page>
  );
}

function ProjectField(): VNode {
  return (
    <div class="field">
      <label for="project">Project</label>
      <input
        id="project"
        name="project"
        autocomplete="off"
        spellcheck={false}
        aria-describedby="project-help"
      />
      <p class="soft" id="project-help">
        Its name or id. Your first one, if you leave it empty.
      </p>
    </div>
  );
}

function Facts({ session: { code, source, address } }: Pick<Asking, 'session'>): VNode {
  return (
    <dl>
      <dt>Code that the command line shows</dt>
      <dd>
        <strong>{code}</strong>
      </dd>
      <dt>Began at the address</dt>
      <dd>
        <strong>{address ?? 'unknown'}</strong>
      </dd>
      {source && (
        <>
          <dt>It calls itself</dt>
          <dd>
            <bdi>“{oneLine(source, 60)}”</bdi>
            <span class="soft"> – which nobody has checked</span>
          </dd>
        </>
      )}
    </dl>
  );
}

export function SignedInPage({ account, code }: { account: { email: string }; code: string }): VNode {
  const title = 'The command line is signed in';
  return (
    <Page title={title}>
      <h1 class="good">{title}</h1>
      <p>
        The one with the code {code} now acts for <strong>{oneLine(account.email, 100)}</strong>. Go back to
        it; you can close this page.
      </p>
    </Page>
  );
}
