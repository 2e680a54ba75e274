export { schemeName, schemeNames } from './schemes.js';
