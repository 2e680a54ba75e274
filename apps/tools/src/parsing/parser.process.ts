import { setPriority } from 'node:os';

/*
 * The process in which text from outside is parsed: what it exports are the parsers, by name. One that takes all it
 * may have gives way to the service.
 */
setPriority(5);

export { adf, mail, page, sheets } from '@patchbay/toolkits/parsers';
export { mcpTools, openApi } from '../imports/index.js';
