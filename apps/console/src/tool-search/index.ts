export { SearchTuning } from './search-tuning.js';
export { ToolSearchPage } from './tool-search.page.js';
export { WhyFound } from './why-found.js';
