import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Every method of every controller that the build made, with the metadata that Nest reads. */
export async function builtHandlers() {
  const handlers = [];
  for (const service of readdirSync(join(ROOT, 'apps'))) {
    for (const file of controllerFiles(join(ROOT, 'apps', service, 'dist'))) {
      const exported = await import(pathToFileURL(file).href);
      for (const controller of Object.values(exported)) {
        if (typeof controller === 'function') handlers.push(...methodsOf(service, controller));
      }
    }
  }
  return handlers;
}

function controllerFiles(dist) {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.controller.js'))
    .map((file) => join(dist, file));
}

function methodsOf(service, controller) {
  const { prototype } = controller;
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== 'constructor' && typeof prototype[name] === 'function')
    .map((name) => ({
      service,
      name: `${controller.name}.${name}`,
      controller,
      method: prototype[name],
    }));
}
