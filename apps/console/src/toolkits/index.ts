export { ToolkitPage } from './toolkit.page.js';
export { ToolkitsPage } from './toolkits.page.js';
