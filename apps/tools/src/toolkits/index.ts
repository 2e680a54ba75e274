export { Catalogue, type CatalogueEntry } from './catalogue.js';
export { ProjectCatalogue, type CataloguePart } from './project.catalogue.js';
export { versionFor, type VersionChoice } from './tool-versions.js';
export { ToolkitsModule } from './toolkits.module.js';
