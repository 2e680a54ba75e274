import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SHIPPED_TOOLKITS } from '../src/catalogue.js';
import type { ToolSpec } from '../src/toolkit.js';

const all = SHIPPED_TOOLKITS.flatMap(({ tools }) => tools);
const isWritten = ({ input }: ToolSpec) => input instanceof z.ZodType;
const slugsOf = (tools: readonly ToolSpec[]) => tools.map(({ slug }) => slug);

/** What anybody may ask, whatever the account has allowed. */
const ANYBODY = [
  'AIRTABLE_GET_USER_INFO',
  'DISCORD_GET_INVITE',
  'GITHUB_SEARCH_REPOSITORIES',
  'GITHUB_LIST_STARGAZERS',
  'GITHUB_RENDER_MARKDOWN_RAW',
  'GITHUB_GET_OCTOCAT',
  'GOOGLECALENDAR_GET_CURRENT_DATE_TIME',
];

describe('every tool of the catalogue', () => {
  it('is described in sentences, without markup', () => {
    const bad = all.filter(
      ({ name, description }) =>
        name.trim() === '' ||
        description.length < 20 ||
        !/[.!?…)]$/.test(description) ||
        MARKUP.test(description),
    );
    expect(slugsOf(bad)).toEqual([]);
  });

  it('has the hints that its method means, and none that exclude each other', () => {
    const requests = all.filter((tool) => tool.kind === 'http');
    const reads = requests.filter(({ method }) => method === 'GET' || method === 'HEAD');
    const deletes = requests.filter(({ method }) => method === 'DELETE');
    expect(slugsOf(reads.filter(({ tags }) => !tags.includes('readOnlyHint')))).toEqual([]);
    expect(slugsOf(deletes.filter(({ tags }) => !tags.includes('destructiveHint')))).toEqual([]);
    const torn = all.filter(({ tags }) => tags.includes('readOnlyHint') && tags.includes('destructiveHint'));
    expect(slugsOf(torn)).toEqual([]);
  });

  it('has a slug that leads to it alone, older ones included', () => {
    const names = all.flatMap(({ slug, aliases = [] }) => [slug, ...aliases]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('says what it answers, where it was written by hand', () => {
    expect(slugsOf(all.filter((tool) => isWritten(tool) && tool.output === undefined))).toEqual([]);
  });
});

describe('every toolkit of the catalogue', () => {
  it.each(SHIPPED_TOOLKITS.map((toolkit) => [toolkit.slug, toolkit] as const))(
    '%s says what it is, and which of its tools are asked for most',
    (_, { name, description, logo, categories, version, tools, server }) => {
      expect({ name, description, logo, version }).toEqual({
        name: expect.stringMatching(/\S/),
        description: expect.stringMatching(/\.$/),
        logo: expect.stringMatching(/^(?:data:|https:)/),
        version: expect.stringMatching(/^\d{8}_\d{2}$/),
      });
      expect(categories.length).toBeGreaterThan(0);
      // The tools of a vendor's server are each project's to read.
      expect(server !== undefined || tools.some(({ tags }) => tags.includes('important'))).toBe(true);
    },
  );

  it('tells the scopes of its hand-written tools, where a sign-in asks for scopes', () => {
    const asking = SHIPPED_TOOLKITS.filter(({ auth = [] }) =>
      auth.some((spec) => spec.scheme === 'OAUTH2' && (spec.scopes?.length ?? 0) > 0),
    );
    const silent = asking
      .flatMap(({ tools }) => tools)
      .filter((tool) => isWritten(tool) && (tool.scopes ?? []).length === 0);
    expect(slugsOf(silent).sort()).toEqual([...ANYBODY].sort());
  });
});

const MARKUP = /<[a-z][a-z0-9]*>|\]\(|\*\*|```|&(?:amp|lt|gt|quot|nbsp);/;
