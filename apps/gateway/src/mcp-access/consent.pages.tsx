import type { McpClient } from '@patchbay/contracts';
import type { VNode } from 'preact';
import { Page } from '../pages/index.js';
import { oneLine } from '../display-text/index.js';
import type { ReturnTarget } from './return-target.js';

interface Asking {
  client: McpClient;
  target: ReturnTarget;
}

/** Names the address that gets the answer, and asks for the code that authorises it. */
export function ConsentPage({ client, target, problem }: Asking & { problem?: string }): VNode {
  const title = `${target.who} wants to use your tools`;
  return (
    <Page title={title}>
      <h1>{title}</h1>
      {problem && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      <p>
        It could then act for you with the tools and accounts of one session, until you or the app that made
        the session shut it out.
      </p>
      <Facts client={client} target={target} />
      <form method="post">
        <div class="field">
          <label for="access_code">Access code</label>
          <input
            id="access_code"
            name="access_code"
            required
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            aria-describedby="access_code-help"
          />
          <p class="soft" id="access_code-help">
            You get it from the app whose tools these are. It works once, for ten minutes.
          </p>
        </div>
        <button type="submit">Let it in</button>
      </form>
      <form method="post">
        <button type="submit" name="deny" value="1" class="quiet">
          Do not let it in
        </button>
      </form>
      <p class="soft">You did not start this? Then do not enter a code: nothing has happened.</p>
    </Page>
  );
}

function Facts({ client, target }: Asking): VNode {
  return (
    <dl>
      <dt>The answer goes to</dt>
      <dd>
        <strong>{target.place}</strong>
      </dd>
      {client.describedAt && (
        <>
          <dt>It is described at</dt>
          <dd>
            <strong>{client.describedAt}</strong>
          </dd>
        </>
      )}
      <dt>It calls itself</dt>
      <dd>
        <bdi>“{oneLine(client.name, 60) || 'nothing'}”</bdi>
        <span class="soft"> – a name that nobody has checked</span>
      </dd>
    </dl>
  );
}

/** Sends the browser on by a navigation of its own, like every page of ours that leads elsewhere. */
export function AdmittedPage({ target, url }: { target: ReturnTarget; url: string }): VNode {
  const title = `${target.who} is let in`;
  return (
    <Page title={title} forwardTo={url}>
      <h1 class="good">{title}</h1>
      <a class="button" href={url}>
        Go on if nothing happens
      </a>
    </Page>
  );
}

/**
 * Does not redirect by itself: anyone can register an address, and the user did not agree to go there (RFC 9700,
 * section 4.11.2).
 * @param url with the error in it
 */
export function NotAdmittedPage(props: { target: ReturnTarget; url: string; why: string }): VNode {
  const { target, url, why } = props;
  return (
    <Page title="Access was not granted">
      <h1>Access was not granted</h1>
      <p>{why}</p>
      <p>You can close this page.</p>
      <p class="soft">
        The app still waits for an answer. If you know it, you can go back there and tell it: the address
        leads to <strong>{target.place}</strong>.
      </p>
      <a class="button quiet" href={url} rel="noreferrer">
        Go back and tell it
      </a>
    </Page>
  );
}
