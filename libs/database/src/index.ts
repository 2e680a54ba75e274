export { dataSourceOptions, type ServiceDatabase } from './data-source.options.js';
export { DatabaseModule } from './database.module.js';
export { pageByNewest } from './page-by-newest.js';
export { migrate } from './migrations.js';
export { Transactions, type Emit } from './transactions.js';
export { violatedIndex } from './unique-violation.js';
