import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type EntitySubscriberInterface, type QueryRunner } from 'typeorm';

type Work = () => void;

/**
 * Does things once a transaction is really there: for what tells others of it, whoever opened it. Nothing is done of one
 * that was rolled back; a process that dies right after the commit does nothing either, so it must not be needed.
 */
@Injectable()
export class AfterCommit implements EntitySubscriberInterface {
  private readonly waiting = new WeakMap<QueryRunner, Work[]>();

  constructor(dataSource: DataSource) {
    dataSource.subscribers.push(this);
  }

  /** @param manager of the transaction; outside of one it is done at once */
  do(manager: EntityManager, work: Work): void {
    const runner = manager.queryRunner;
    if (!runner?.isTransactionActive) return work();
    const others = this.waiting.get(runner);
    if (others) others.push(work);
    else this.waiting.set(runner, [work]);
  }

  afterTransactionCommit({ queryRunner }: { queryRunner: QueryRunner }): void {
    // The end of a savepoint is none of the transaction.
    if (queryRunner.isTransactionActive) return;
    const works = this.waiting.get(queryRunner) ?? [];
    this.waiting.delete(queryRunner);
    for (const work of works) work();
  }

  afterTransactionRollback({ queryRunner }: { queryRunner: QueryRunner }): void {
    if (!queryRunner.isTransactionActive) this.waiting.delete(queryRunner);
  }
}
