import type { VNode } from 'preact';
import { Page } from '../pages/index.js';

/** For who runs the services from a tree without the console. */
export function NotBuiltPage(): VNode {
  return (
    <Page title="The console is not built">
      <h1>The console is not built</h1>
      <p>
        The gateway runs, and <a href="/docs">the API</a> is all there. To see it here, build the console:
      </p>
      <pre tabIndex={0}>npm run build</pre>
      <p class="soft">Nothing needs to be started again: reload this page then.</p>
    </Page>
  );
}
