import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { AppError, newId } from '@patchbay/contracts';
import type { Repository } from 'typeorm';
import { ToolkitRegistry } from './toolkit.registry.js';
import { AuthConfig } from './auth-config.entity.js';

@Injectable()
export class AuthConfigsService {
  constructor(
    @InjectRepository(AuthConfig) private readonly configs: Repository<AuthConfig>,
    private readonly toolkits: ToolkitRegistry,
  ) {}

  /** The config a new connection uses: the one asked for, else the managed one, made when first needed. */
  async forNewConnection(projectId: string, toolkit: string, id: string | undefined): Promise<AuthConfig> {
    const { auth, managedApp, name } = this.toolkits.get(toolkit);
    if (!auth) {
      throw new AppError('toolkit_needs_no_account', `${name} needs no account: its tools work without one.`);
    }
    if (id) {
      const config = await this.configs.findOneBy({ id, projectId, toolkit });
      if (!config) throw new AppError('not_found', `There is no auth config ${id} for ${toolkit}.`);
      return config;
    }
    if (!managedApp) {
      throw new AppError(
        'no_auth_config',
        `No OAuth app is set up for ${name}, so nobody can connect to it yet.`,
        {
          suggestion: `The operator adds ${toolkit}.oauth2.client_id and client_secret to the file in PATCHBAY_TOOLKIT_OVERRIDES.`,
        },
      );
    }
    await this.configs
      .createQueryBuilder()
      .insert()
      .values({
        id: newId('authConfig'),
        projectId,
        toolkit,
        authScheme: auth.scheme,
        isManaged: true,
        name: `${name} (managed)`,
      })
      .orIgnore()
      .execute();
    return this.configs.findOneByOrFail({ projectId, toolkit, isManaged: true });
  }
}
