import { Controller } from '@nestjs/common';
import { listFiles, stageFile, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { FilesService } from './files.service.js';

@Controller()
export class FilesController {
  constructor(private readonly files: FilesService) {}

  @Handle(stageFile)
  stage(input: InputOf<typeof stageFile>): Promise<OutputOf<typeof stageFile>> {
    return this.files.stage(input);
  }

  @Handle(listFiles)
  list(input: InputOf<typeof listFiles>): Promise<OutputOf<typeof listFiles>> {
    return this.files.list(input);
  }
}
