import { Controller } from '@nestjs/common';
import { listSearchesWithoutCall, type InputOf, type OutputOf } from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { SearchesService } from './searches.service.js';

@Controller()
export class SearchesController {
  constructor(private readonly searches: SearchesService) {}

  @Handle(listSearchesWithoutCall)
  listWithoutCall(
    input: InputOf<typeof listSearchesWithoutCall>,
  ): Promise<OutputOf<typeof listSearchesWithoutCall>> {
    return this.searches.listWithoutCall(input);
  }
}
