import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthConfigsModule } from '../auth-configs/auth-configs.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { OAuthModule } from '../oauth/oauth.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { ConnectLink } from './connect-link.entity.js';
import { LinksController } from './links.controller.js';
import { LinksService } from './links.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ConnectLink]),
    AuthConfigsModule,
    ConnectionsModule,
    OAuthModule,
    ProjectsModule,
  ],
  controllers: [LinksController],
  providers: [LinksService],
})
export class LinksModule {}
