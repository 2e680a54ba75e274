export { Admission } from './admission.service.js';
export { AuthenticationModule } from './authentication.module.js';
export { ConsoleCookie } from './console-cookie.js';
export { LastingCredentials } from './lasting-credentials.service.js';
export { routeAccessOf, type RouteAccess } from './route-access.js';
