export { Page } from './page.js';
export {
  orRefusedPage,
  sendPage,
  sendPreview,
  sendScriptedPage,
  sendTooManyRequests,
} from './page.response.js';
export { RefusedPage } from './refused.page.js';
