import { parse, type HTMLElement } from 'node-html-parser';
import { depthOfHtml } from './html-depth.js';
import { TextRefusal } from './text-refusal.js';

/** What people write has a few dozen: mails of many forwardings, tables in tables. */
const MAX_DEPTH = 256;

/** @throws TextRefusal when it is nested deeper than anybody writes: what walks it takes a step of the stack a level */
export function readHtml(html: string): HTMLElement {
  if (depthOfHtml(html) > MAX_DEPTH) {
    throw new TextRefusal(`is nested deeper than ${MAX_DEPTH} elements`);
  }
  return parse(html);
}
