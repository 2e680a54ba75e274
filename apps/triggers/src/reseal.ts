import { dataSourceOptions } from '@patchbay/database';
import { fromFiles, loadConfig } from '@patchbay/service';
import { KEY_RING_SETTINGS, resealCommand, unwrapSettingsOfProgram } from '@patchbay/vault';
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
const environment = await unwrapSettingsOfProgram(fromFiles(KEY_RING_SETTINGS, process.env));
const config = loadConfig(settings, environment);
const dataSource = new DataSource(dataSourceOptions(config.DATABASE_URL, database));
await resealCommand(dataSource, new Vault(config), SEALED_PLACES);
