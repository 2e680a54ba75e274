import { describe, expect, it } from 'vitest';
import { readmes } from '../support/service-tables.mjs';

describe("the tables in the apps' READMEs", () => {
  it('say what the code says; `npm run docs:tables` writes them', async () => {
    const all = await readmes();
    expect(all).toHaveLength(7);
    for (const { path, is, shouldBe } of all) expect({ path, text: is }).toEqual({ path, text: shouldBe });
    // Every controller of every app is loaded: that takes its time on a busy machine.
  }, 120_000);
});
