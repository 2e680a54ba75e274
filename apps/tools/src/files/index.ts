export { CallFile } from './call-file.entity.js';
export { CallFiles, nameIn, type FilesOwner } from './call-files.js';
export { fileNameIn } from './content-disposition.js';
export { FileUsage } from './file-usage.entity.js';
export { FilesModule } from './files.module.js';
export { FilesService } from './files.service.js';
