import { dataSourceOptions } from '@patchbay/database';
import { loadConfig } from '@patchbay/service';
import { resealCommand, unwrapSettingsOfProgram } from '@patchbay/vault';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { triggersConfig } from './config.js';
import { database } from './database.js';
import { SEALED_PLACES, Vault } from './vault/index.js';

/*
 * `node apps/triggers/dist/reseal.js`: after a new key was put in front of PATCHBAY_ENCRYPTION_KEYS, moves what
 * older keys sealed to it. Safe beside running services, and to run again; then the old keys can go.
 */
const settings = z.object(triggersConfig.shape).pick({ DATABASE_URL: true, PATCHBAY_ENCRYPTION_KEYS: true });
const config = loadConfig(settings, await unwrapSettingsOfProgram(process.env));
const dataSource = new DataSource(dataSourceOptions(config.DATABASE_URL, database));
await resealCommand(dataSource, new Vault(config), SEALED_PLACES);
