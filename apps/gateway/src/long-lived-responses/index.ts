export { LongLivedResponsesModule } from './long-lived-responses.module.js';
export { LongLivedResponses } from './long-lived-responses.service.js';
