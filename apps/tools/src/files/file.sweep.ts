import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { inBackground, LOGGER, type Logger } from '@patchbay/service';
import { FilesService } from './files.service.js';

const SWEEP_MS = 10 * 60 * 1000;

/** Deletes the files of calls when their time is over. */
@Injectable()
export class FileSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly files: FilesService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping ??= inBackground(SWEEP_MS, () => this.sweep()).finally(() => {
        this.sweeping = undefined;
      });
    }, SWEEP_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    try {
      await this.files.deleteOld();
    } catch (error) {
      this.logger.warn({ err: error }, 'the sweep for old files failed; it comes again');
    }
  }
}
