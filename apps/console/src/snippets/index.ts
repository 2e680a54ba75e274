export { sampleOf } from './sample.js';
export { callSnippet, installAddress, sessionSnippets } from './snippets.js';
