/** Elements that hold nothing (HTML, section 13.1.2), and those that may end without saying so (13.1.2.4). */
const NOT_COUNTED = new Set(
  (
    'area base br col embed hr img input link meta source track wbr ' +
    'p li dt dd option optgroup tr td th thead tbody tfoot colgroup caption body head html rt rp'
  ).split(' '),
);
/** Elements whose content is no markup. */
const RAW = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'noscript']);
const NAME = /[a-z][a-z0-9-]{0,30}/iy;

/**
 * How deep elements stand inside of one another, about: an element that never ends counts for all that follows.
 * One pass over the text, linear whatever stands in it.
 */
export function depthOfHtml(html: string): number {
  /** Raw elements of whose ends there are no more. */
  const unclosed = new Set<string>();
  let depth = 0;
  let deepest = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at)) {
    const isEnd = html[at + 1] === '/';
    NAME.lastIndex = at + (isEnd ? 2 : 1);
    const name = NAME.exec(html)?.[0].toLowerCase();
    if (name === undefined) {
      at = html.startsWith('<!--', at) ? after(html, '-->', at + 4) : at + 1;
    } else {
      const end = after(html, '>', at);
      const isWhole = html[end - 2] === '/';
      if (!NOT_COUNTED.has(name) && !isWhole) depth = Math.max(depth + (isEnd ? -1 : 1), 0);
      deepest = Math.max(deepest, depth);
      at =
        !isEnd && RAW.has(name) && !isWhole && !unclosed.has(name) ? closing(html, name, end, unclosed) : end;
    }
  }
  return deepest;
}

/** The end of the text where what is looked for is not there: it is looked for once. */
function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found === -1 ? html.length : found + mark.length;
}

/** Only in the case in which it is mostly written: another one is found as markup inside, which counts the same. */
function closing(html: string, name: string, from: number, unclosed: Set<string>): number {
  const found = html.indexOf(`</${name}`, from);
  if (found === -1) unclosed.add(name);
  return found === -1 ? from : found;
}
