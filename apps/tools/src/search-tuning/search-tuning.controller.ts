import { Controller } from '@nestjs/common';
import {
  deleteToolTuning,
  getToolTuning,
  listToolTunings,
  projectDeleted,
  setToolTuning,
  toolTuningChanged,
  type EventDataOf,
  type EventEnvelope,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle, OnEvent } from '@patchbay/service';
import { ProjectTunings } from '../search/index.js';
import { SearchTuningService } from './search-tuning.service.js';

@Controller()
export class SearchTuningController {
  constructor(
    private readonly tunings: SearchTuningService,
    private readonly remembered: ProjectTunings,
  ) {}

  @Handle(listToolTunings)
  list(input: InputOf<typeof listToolTunings>): Promise<OutputOf<typeof listToolTunings>> {
    return this.tunings.list(input);
  }

  @Handle(getToolTuning)
  get(input: InputOf<typeof getToolTuning>): Promise<OutputOf<typeof getToolTuning>> {
    return this.tunings.get(input);
  }

  @Handle(setToolTuning)
  set(input: InputOf<typeof setToolTuning>): Promise<OutputOf<typeof setToolTuning>> {
    return this.tunings.set(input);
  }

  @Handle(deleteToolTuning)
  delete(input: InputOf<typeof deleteToolTuning>): Promise<OutputOf<typeof deleteToolTuning>> {
    return this.tunings.delete(input);
  }

  @OnEvent(toolTuningChanged)
  async onToolTuningChanged({ data }: EventEnvelope<EventDataOf<typeof toolTuningChanged>>): Promise<void> {
    this.remembered.drop(data.projectId);
  }

  @OnEvent(projectDeleted)
  async onProjectDeleted({ data }: EventEnvelope<EventDataOf<typeof projectDeleted>>): Promise<void> {
    this.remembered.drop(data.projectId);
  }
}
