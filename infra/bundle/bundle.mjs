// The last step of a service's build, `bundle.mjs [PROGRAM …]`: from the folder of an app, makes `dist/bundle/main.mjs` of
// its `dist/main.js` and of all that this imports, and the same of each process that it starts and of each program named
// here, which an operator starts; what they share or import later becomes files beside them.
// Why: docs/decisions/0014-one-file-a-service.md.
import { existsSync } from 'node:fs';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { withBundledProcesses } from './processes.mjs';

const folder = resolve('dist/bundle');
const own = /\/(?:apps|libs)\/[^/]+\/dist\/.*\.js$/;

const beside = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8')).dependencies;

/**
 * Packages that stay what they are in node_modules: loaded only where a setting or a reader asks for them and as large as
 * all the rest, or looking for a binary, WebAssembly or the file of a process beside their own.
 */
const external = [
  ...Object.keys(beside),
  // Optional parts of Nest, TypeORM and pg that no service uses, and that are not installed.
  /^@nestjs\/(?:platform-express|websockets)(?:\/|$)/,
  /^(?:amqp-connection-manager|class-transformer|class-validator|ioredis|kafkajs|mqtt|pg-native)(?:\/|$)/,
];

/**
 * Our own modules find their data where they find it unbundled, and their stack traces have the lines of our sources.
 * Maps of dependencies would be many times as large.
 */
const modules = {
  name: 'modules',
  load: {
    filter: { id: /\.[cm]?js$/ },
    async handler(id) {
      const code = await readFile(id, 'utf8');
      if (!own.test(id)) return { code, map: { mappings: '' } };
      const place = `new URL(${JSON.stringify(relative(folder, id))}, import.meta.url).href`;
      return {
        code: withBundledProcesses(code).replaceAll('import.meta.url', place),
        map: await readFile(`${id}.map`, 'utf8'),
      };
    },
  },
};

/** It asks for classes that TypeORM no longer has with a require of its own, which would load TypeORM a second time. */
const oneTypeOrm = {
  name: 'one-typeorm',
  load: {
    filter: { id: /\/@nestjs\/typeorm\/dist\/common\/typeorm-compat\.js$/ },
    handler: () => 'export const Connection = undefined; export const AbstractRepository = undefined;',
  },
};

/** Named by the command line: started by their own names, so what the compiler wrote there makes way for the bundle. */
const programs = process.argv.slice(2);
const main = existsSync('dist/main.js') ? ['main'] : [];
const input = Object.fromEntries([...main, ...programs].map((name) => [name, resolve(`dist/${name}.js`)]));
for await (const file of glob('dist/**/*.process.js')) input[basename(file, '.js')] = resolve(file);

const bundle = await rolldown({
  input,
  platform: 'node',
  external,
  plugins: [oneTypeOrm, modules],
  onLog(level, log, show) {
    // Warnings about how dependencies are written are not ours to mend.
    if (!log.id?.includes('/node_modules/')) show(level, log);
  },
});
const { output } = await bundle.write({
  dir: folder,
  entryFileNames: '[name].mjs',
  chunkFileNames: '[name].mjs',
  // TypeORM and Nest go by the names of classes, which two modules may share.
  keepNames: true,
  comments: false,
  sourcemap: true,
  sourcemapExcludeSources: true,
});
await bundle.close();
for (const name of programs) await writeFile(`dist/${name}.js`, `import './bundle/${name}.mjs';\n`);
for (const { fileName, code } of output.filter(({ type }) => type === 'chunk')) {
  await writeFile(join(folder, fileName), inAscii(code));
}
for (const { fileName } of output.filter(({ fileName }) => fileName.endsWith('.map'))) {
  const file = join(folder, fileName);
  await writeFile(file, JSON.stringify(endMappings(JSON.parse(await readFile(file, 'utf8')))));
}

/** Where a dependency begins, a mark that it has no source: a line without one is taken for the last of ours before it. */
function endMappings(map) {
  const lines = map.mappings.split(';');
  const marked = lines.map((line, at) => (line === '' && lines[at - 1] !== '' ? 'A' : line));
  return { ...map, mappings: marked.join(';') };
}

/** Node keeps the source of every module, with two bytes for each character as soon as one of them needs two. */
function inAscii(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
