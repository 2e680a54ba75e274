export { schemeName, schemeNames } from './schemes.js';
export { ToolkitPage } from './toolkit.page.js';
export { ToolkitsPage } from './toolkits.page.js';
