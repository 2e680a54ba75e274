import { Controller } from '@nestjs/common';
import {
  createSavedConfig,
  getSavedConfig,
  listSavedConfigs,
  updateSavedConfig,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { SavedConfigsService } from './saved-configs.service.js';

@Controller()
export class SavedConfigsController {
  constructor(private readonly configs: SavedConfigsService) {}

  @Handle(createSavedConfig)
  create(input: InputOf<typeof createSavedConfig>): Promise<OutputOf<typeof createSavedConfig>> {
    return this.configs.create(input);
  }

  @Handle(getSavedConfig)
  get(input: InputOf<typeof getSavedConfig>): Promise<OutputOf<typeof getSavedConfig>> {
    return this.configs.get(input);
  }

  @Handle(listSavedConfigs)
  list(input: InputOf<typeof listSavedConfigs>): Promise<OutputOf<typeof listSavedConfigs>> {
    return this.configs.list(input);
  }

  @Handle(updateSavedConfig)
  update(input: InputOf<typeof updateSavedConfig>): Promise<OutputOf<typeof updateSavedConfig>> {
    return this.configs.update(input);
  }
}
