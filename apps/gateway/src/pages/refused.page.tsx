import type { VNode } from 'preact';
import { oneLine } from '../display-text/index.js';
import { Page } from './page.js';

/**
 * @param isLinkUnusable the link, or the provider's answer, cannot be used any more
 * @param isPermanent trying again does not help
 */
export function RefusedPage(props: {
  message: string;
  isLinkUnusable: boolean;
  isPermanent?: boolean;
}): VNode {
  const { message, isLinkUnusable, isPermanent = false } = props;
  const title = isLinkUnusable
    ? 'This link cannot be used'
    : isPermanent
      ? 'This cannot be connected'
      : 'Please try again in a moment';
  return (
    <Page title={title}>
      <h1 class="bad">{title}</h1>
      <p>{oneLine(message, 300)}</p>
      {isLinkUnusable && <p class="soft">Go back to where you got it and ask for a new one.</p>}
      {isPermanent && (
        <p class="soft">A new link will hardly help: tell whoever sent you here what it says above.</p>
      )}
    </Page>
  );
}
