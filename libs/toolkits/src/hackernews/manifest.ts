import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { itemTools } from './items.js';
import { listTools } from './lists.js';

/** https://hn.algolia.com/api and https://github.com/HackerNews/API */
export const hackernews: ToolkitSpec = {
  slug: 'hackernews',
  name: 'Hacker News',
  description: 'Stories, comments and people of Hacker News; needs no account.',
  logo: icon('#ff6600', '<path d="M8 6l4 6 4-6M12 12v6"/>'),
  categories: ['news & lifestyle'],
  version: '20261122_00',
  baseUrl: 'https://hn.algolia.com',
  tools: [...itemTools, ...listTools],
};
