import { ParsersService } from '../src/parsing/parsers.service.js';

/** For tests of tools: processes that start when a tool has something to parse, and end with the test. */
export const PARSERS = new ParsersService({
  PATCHBAY_PARSER_PROCESSES: 2,
  PATCHBAY_PARSER_MEMORY_MB: 256,
  PATCHBAY_PARSER_SECONDS: 4,
});
