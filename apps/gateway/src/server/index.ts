export { listenOnHttp } from './listen.js';
