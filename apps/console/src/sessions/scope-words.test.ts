import { describe, expect, it } from 'vitest';
import {
  accountsAsWords,
  accountsIn,
  toolkitsAsWords,
  toolsAsWords,
  toolsIn,
  type Config,
} from './scope-words.js';

const config = (more: object) => ({ tools: {}, connected_accounts: {}, ...more }) as unknown as Config;

describe('what a session may use, in words', () => {
  it('is the same when it is read again', () => {
    const tools = {
      github: { enabled: ['A', 'B'] },
      slack: { disabled: ['C'] },
      time: { tags: { enabled: ['x'] } },
    };
    const text = toolsAsWords(config({ tools }));
    expect(text).toBe('github: A, B\nslack: -C');
    expect(toolsIn(text, config({ tools }))).toEqual({
      tools: {
        github: { enable: ['A', 'B'] },
        slack: { disable: ['C'] },
        time: { tags: { enable: ['x'], disable: [] } },
      },
    });
    const accounts = { github: ['ca_1', 'ca_2'] };
    expect(accountsIn(accountsAsWords(config({ connected_accounts: accounts })))).toEqual({ accounts });
  });

  it('names the line that cannot be read', () => {
    expect(toolsIn('github: A, -B', config({}))).toEqual({ wrong: 'github: A, -B' });
    expect(toolsIn('github', config({}))).toEqual({ wrong: 'github' });
    expect(accountsIn('github:  ')).toEqual({ wrong: 'github:  ' });
  });

  it('takes one line a toolkit, and loses none', () => {
    expect(toolsIn('github: A\nslack: C\ngithub: B', config({}))).toEqual({ wrong: 'github: B' });
    expect(accountsIn('github: ca_1\ngithub: ca_2')).toEqual({ wrong: 'github: ca_2' });
  });

  it('tells all toolkits from some', () => {
    expect(toolkitsAsWords(config({}))).toEqual({ way: 'all', slugs: '' });
    expect(toolkitsAsWords(config({ toolkits: { disabled: ['a', 'b'] } }))).toEqual({
      way: 'but',
      slugs: 'a, b',
    });
  });
});
