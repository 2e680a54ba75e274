export { dataSourceOptions, type ServiceDatabase } from './data-source.options.js';
export { DeadLetters } from './dead-letters/dead-letters.store.js';
export { DatabaseModule } from './database.module.js';
export { Deletions } from './deletions.js';
export { pageByTime, type TimeOrder } from './page-by-time.js';
export { migrate } from './migrations.js';
export { Transactions, type Emit } from './transactions.js';
export { withinTime } from './within-time.js';
export { violatedIndex } from './unique-violation.js';
