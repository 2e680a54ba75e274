export { sampleOf } from './sample.js';
export { callSnippet, eventsSnippet, installAddress, sessionSnippets, triggerSnippet } from './snippets.js';
