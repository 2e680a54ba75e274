import type { QueryDeepPartialEntity } from 'typeorm';

/** TypeORM's own types have no place for columns of free JSON. */
export function columns<T>(values: Partial<T>): QueryDeepPartialEntity<T> {
  return values as QueryDeepPartialEntity<T>;
}
