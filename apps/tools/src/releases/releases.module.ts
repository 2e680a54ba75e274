import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ToolkitsModule } from '../toolkits/index.js';
import { ReleasesService } from './releases.service.js';
import { ToolkitContent, ToolkitRelease } from './toolkit-release.entity.js';

@Module({
  imports: [ToolkitsModule, TypeOrmModule.forFeature([ToolkitContent, ToolkitRelease])],
  providers: [ReleasesService],
  exports: [ReleasesService],
})
export class ReleasesModule implements OnModuleInit {
  constructor(private readonly releases: ReleasesService) {}

  async onModuleInit(): Promise<void> {
    // Before anything of this release is listed to a session. Without the database it is made up for later.
    await this.releases.history().catch(() => undefined);
  }
}
