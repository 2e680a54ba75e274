import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, Sweep, type Logger } from '@patchbay/service';
import { FilesService } from './files.service.js';

const EVERY_MS = 10 * 60 * 1000;

/** Deletes the files of calls when they have expired. */
@Injectable()
export class FileSweep extends Sweep {
  constructor(
    private readonly files: FilesService,
    @Inject(LOGGER) protected readonly logger: Logger,
  ) {
    super('the sweep for old files', EVERY_MS);
  }

  protected round(): Promise<void> {
    return this.files.deleteOld();
  }
}
