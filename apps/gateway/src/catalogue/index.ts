export { ToolAnswer } from './catalogue.answer.js';
export { CatalogueModule } from './catalogue.module.js';
export { presentTool } from './tool.presenter.js';
