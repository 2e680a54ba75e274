import { setPriority } from 'node:os';

/*
 * The process in which text from outside is parsed: what it exports are the parsers, by name. One that takes all it
 * may have comes after whoever serves.
 */
setPriority(5);

export { adf, mail, page, sheets } from '@patchbay/toolkits/parsers';
export { mcpTools, openApi } from '../imports/index.js';
