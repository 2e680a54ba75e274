export { ParsersModule } from './parsers.module.js';
export { ParsersService } from './parsers.service.js';
