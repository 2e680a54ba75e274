import { currentWriting } from './json-writing.js';

/** What stands for raw JSON, after the mark. */
export const RAW = 'raw';

/** JSON that is passed on without being read: `writeJson` writes its text as it is. */
export class RawJson {
  /** @param text valid JSON, of one value */
  constructor(readonly text: string) {}

  /** `JSON.stringify` without `writeJson` writes the value, with doubles for its numbers. */
  toJSON(): unknown {
    const writing = currentWriting();
    if (writing === undefined) return JSON.parse(this.text);
    writing.raws.push(this.text);
    return writing.mark + RAW;
  }
}
