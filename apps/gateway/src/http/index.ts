export { BrowserCookies } from './browser-cookies.js';
export { ClientAddress, networkOf, trustedProxiesSetting } from './client-address.js';
export { ClientDisconnected } from './client-disconnected.js';
export { isCrossSite, isForeignPage } from './cross-site.js';
export {
  API_TAG,
  ApiTag,
  Describe,
  DESCRIPTION,
  NOT_DESCRIBED,
  NotDescribed,
  type DescribedAnswer,
  type Description,
} from './describe.js';
export { HttpModule } from './http.module.js';
export { OriginPolicy } from './origin.policy.js';
export { pageAnswer, presentPage } from './page.presenter.js';
export { contextOf, followRequests, REQUEST_LIMIT_MS } from './request-hooks.js';
export { receivedHeaders } from './received-headers.js';
export { callContextOfRequest, RequestCallContext } from './request-call-context.js';
export { PathId } from './path-id.js';
export { PLAIN, PlainController } from './plain-controller.js';
export { API_VERSIONS, routePaths } from './route-paths.js';
export { ServerSentEvents } from './server-sent-events.js';
export { SlowReader } from './slow-reader.js';
export {
  bodyCursor,
  bodyLimit,
  pageLimit,
  pageNumber,
  pageQuery,
  queryBoolean,
  queryList,
  queryListOf,
  queryMoment,
  queryWith,
  shownAs,
  Wire,
} from './wire.js';
