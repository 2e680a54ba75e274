import { describe, expect, it } from 'vitest';
import { CustomTools } from '@patchbay/contracts';
import { findCustomTools } from './find-custom-tools.js';
import { allTools, nameCustomTools } from './name-custom-tools.js';

const tool = (slug: string, more: object = {}) => ({
  slug,
  name: slug,
  description: 'Does something.',
  inputSchema: { type: 'object', properties: {} },
  ...more,
});
const name = (given: object) => nameCustomTools(CustomTools.parse(given));
const slugsOf = (given: object) => allTools(name(given)).map(({ slug }) => slug);

describe('a custom tool', () => {
  it('is named after its toolkit, and keeps the slug that it came with', () => {
    const given = {
      tools: [tool('greet'), tool('count', { extendsToolkit: 'github' })],
      toolkits: [{ slug: 'Desk', name: 'Desk', description: 'A desk.', tools: [tool('pens')] }],
    };
    expect(slugsOf(given)).toEqual(['LOCAL_GREET', 'LOCAL_GITHUB_COUNT', 'LOCAL_DESK_PENS']);
    expect(name(given).toolkits[0]).toMatchObject({ slug: 'Desk', tools: [{ originalSlug: 'pens' }] });
  });

  it('may have a slug that another toolkit has too, and none that its own has', () => {
    const inToolkits = (...slugs: string[]) => ({
      toolkits: slugs.map((slug) => ({ slug, name: slug, description: 'One.', tools: [tool('A')] })),
    });
    expect(slugsOf(inToolkits('x', 'y'))).toEqual(['LOCAL_X_A', 'LOCAL_Y_A']);
    expect(() => name(inToolkits('x', 'X'))).toThrow(/there twice/);
    expect(() => name({ tools: [tool('a'), tool('A')] })).toThrow(/LOCAL_A is there twice/);
    expect(() => name({ tools: [tool('a'.repeat(55))] })).toThrow(/longer than 60/);
  });
});

describe('the search among custom tools', () => {
  const tools = allTools(
    name({
      tools: [
        tool('send_fax', { name: 'Send a fax', description: 'Sends a page over the telephone.' }),
        tool('open_door', { name: 'Open the door', extendsToolkit: 'house' }),
      ],
    }),
  );
  const find = findCustomTools(tools);
  const found = (text: string, toolkits?: string[]) =>
    find(text, toolkits).map(({ tool: { slug }, isClose }) => [slug, isClose]);

  it('finds what the words mean, and says whether it comes close', () => {
    expect(found('send a fax to the office')).toEqual([['LOCAL_SEND_FAX', true]]);
    expect(found('telephone somebody about tomorrow evening')).toEqual([['LOCAL_SEND_FAX', false]]);
    expect(found('boil an egg')).toEqual([]);
  });

  it('knows the words that people use for an action, and forgives a typing slip', () => {
    expect(found('transmit a fax')).toEqual([['LOCAL_SEND_FAX', true]]);
    expect(found('open the dorr')).toEqual([['LOCAL_HOUSE_OPEN_DOOR', true]]);
    // What only sounds like the action is found, and is not close.
    expect(found('create an issue')).toEqual([['LOCAL_HOUSE_OPEN_DOOR', false]]);
  });

  it('keeps to the toolkits that are asked for', () => {
    expect(found('open the door', ['house'])).toEqual([['LOCAL_HOUSE_OPEN_DOOR', true]]);
    expect(found('send a fax', ['house'])).toEqual([]);
  });

  it('finds nothing among none', () => {
    expect(findCustomTools([])('send a fax')).toEqual([]);
  });
});
