import type { McpClient } from '@patchbay/contracts';
import type { VNode } from 'preact';
import { Page } from '../connect/pages.js';

/** Says who wants in and where the answer goes, and asks for the code that lets it in. */
export function ConsentPage(props: { client: McpClient; returnsTo: string; problem?: string }): VNode {
  const { client, returnsTo, problem } = props;
  const title = `${client.name} wants to use your tools`;
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
        the session shut it out. The answer goes to <strong>{returnsTo}</strong>.
      </p>
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
        <button type="submit">Let {client.name} in</button>
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

/** Sends the browser on by a navigation of its own, like every page of ours that leads elsewhere. */
export function AdmittedPage(props: { client: McpClient; url: string; wasAdmitted: boolean }): VNode {
  const { client, url, wasAdmitted } = props;
  const title = wasAdmitted ? `${client.name} is let in` : `${client.name} was not let in`;
  return (
    <Page title={title} forwardTo={url}>
      <h1 class={wasAdmitted ? 'good' : 'bad'}>{title}</h1>
      <a class="button" href={url}>
        Go on if nothing happens
      </a>
    </Page>
  );
}
