import { SetMetadata } from '@nestjs/common';
import type { LimitName } from './limits.table.js';

export const LIMITED_BY = 'limited by';
/** Which limit of addresses counts the requests of a route that takes no credential; by default `anonymous`. */
export const LimitedBy = (limit: LimitName | 'nothing') => SetMetadata(LIMITED_BY, limit);
