export { Admission } from './admission.service.js';
export { AuthenticationModule } from './authentication.module.js';
export { routeAccessOf } from './route-access.js';
