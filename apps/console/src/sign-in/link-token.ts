/**
 * The token of a one-time link. It leaves the address as the page begins, before anything else looks at it: it is not for a
 * history or a screenshot.
 */
let token: string | undefined = take();

function take(): string | undefined {
  const found = /^#token=(.+)$/.exec(window.location.hash)?.[1];
  if (found === undefined) return undefined;
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return decodeURIComponent(found);
}

/** The token, until it was tried. */
export const pendingToken = () => token;
export const dropToken = () => {
  token = undefined;
};
