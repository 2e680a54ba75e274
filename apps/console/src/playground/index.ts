export { PlaygroundPage } from './playground.page.js';
