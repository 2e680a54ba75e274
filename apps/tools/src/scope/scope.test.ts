import { describe, expect, it } from 'vitest';
import { SessionScope } from '@patchbay/contracts';
import { outOfScope } from './scope.js';

const read = {
  slug: 'GITHUB_GET_AN_ISSUE',
  toolkit: { slug: 'github' },
  tags: ['important', 'readOnlyHint'],
};
const write = { slug: 'GITHUB_UPDATE_AN_ISSUE', toolkit: { slug: 'github' }, tags: ['destructiveHint'] };
const scope = (given: object) => SessionScope.parse(given);

describe('outOfScope', () => {
  it('lets everything in when nothing is said', () => {
    expect(outOfScope(scope({}), read)).toBeUndefined();
  });

  it('lets in only enabled toolkits, and none when the list is empty', () => {
    expect(outOfScope(scope({ toolkits: { enabled: ['github'] } }), read)).toBeUndefined();
    expect(outOfScope(scope({ toolkits: { enabled: ['slack'] } }), read)).toBe('toolkit');
    expect(outOfScope(scope({ toolkits: { enabled: [] } }), read)).toBe('toolkit');
  });

  it('keeps disabled toolkits out', () => {
    expect(outOfScope(scope({ toolkits: { disabled: ['github'] } }), read)).toBe('toolkit');
    expect(outOfScope(scope({ toolkits: { disabled: ['slack'] } }), read)).toBeUndefined();
  });

  it("follows a toolkit's own list and then ignores the tags of the session", () => {
    const only = scope({ tools: { github: { enabled: [write.slug] } }, tags: { enabled: ['readOnlyHint'] } });
    expect(outOfScope(only, write)).toBeUndefined();
    expect(outOfScope(only, read)).toBe('tool');
    const allBut = scope({ tools: { github: { disabled: [write.slug] } } });
    expect(outOfScope(allBut, write)).toBe('tool');
    expect(outOfScope(allBut, read)).toBeUndefined();
  });

  it("follows a toolkit's own tags before those of the session", () => {
    const own = scope({
      tools: { github: { tags: { enabled: ['readOnlyHint'] } } },
      tags: { enabled: ['destructiveHint'] },
    });
    expect(outOfScope(own, read)).toBeUndefined();
    expect(outOfScope(own, write)).toBe('tool');
  });

  it('wants one of the enabled tags and none of the disabled ones', () => {
    expect(outOfScope(scope({ tags: { enabled: ['readOnlyHint'] } }), write)).toBe('tool');
    expect(outOfScope(scope({ tags: { disabled: ['destructiveHint'] } }), write)).toBe('tool');
    expect(outOfScope(scope({ tags: { enabled: ['important'], disabled: ['readOnlyHint'] } }), read)).toBe(
      'tool',
    );
  });

  it('reads slugs in any case', () => {
    expect(outOfScope(scope({ toolkits: { enabled: ['GitHub'] } }), read)).toBeUndefined();
    expect(
      outOfScope(scope({ tools: { GITHUB: { enabled: ['github_get_an_issue'] } } }), read),
    ).toBeUndefined();
  });
});
