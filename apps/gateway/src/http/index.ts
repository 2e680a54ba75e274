export { ClientAddress, networkOf, trustedProxiesSetting } from './client-address.js';
export { ClientDisconnected } from './client-disconnected.js';
export { HttpModule } from './http.module.js';
export { OriginPolicy } from './origin.policy.js';
export { presentPage } from './page.presenter.js';
export { contextOf, followRequests, REQUEST_LIMIT_MS } from './request-hooks.js';
export { callContextOfRequest, RequestCallContext } from './request-call-context.js';
export { SlowReader } from './slow-reader.js';
export { pageLimit, pageNumber, pageQuery, queryBoolean, queryList, queryWith, Wire } from './wire.js';
