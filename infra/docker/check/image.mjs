import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { copyContext } from './context.mjs';

/**
 * Does what the Dockerfile says with plain folders: each stage is one, COPY copies between them, RUN runs in them with
 * this machine's node and npm. The base image is left out. What it does not know, it refuses.
 */
export function buildImage(dockerfile, contextFolder, scratch) {
  const context = join(scratch, 'context');
  mkdirSync(context);
  copyContext(contextFolder, context);
  const stages = new Map();
  let stage;
  const inStage = (path) => join(stage.root, resolve(stage.workdir, path));

  const defaults = {};
  const instructions = {
    ARG(text) {
      const [, name, value] = /^(\w+)=(\S+)$/.exec(text) ?? refuse(`ARG ${text}`);
      defaults[name] = value;
    },
    FROM(text) {
      const [, named, name] = /^(\S+) AS (\S+)$/.exec(text) ?? refuse(`FROM ${text}`);
      const image = named.replace(/^\$\{(\w+)\}$/, (_, arg) => defaults[arg] ?? refuse(`FROM ${text}`));
      const parent = stages.get(image) ?? { baseImage: image, workdir: '/', env: {} };
      stage = { ...parent, env: { ...parent.env }, root: join(scratch, 'stages', name) };
      mkdirSync(stage.root, { recursive: true });
      if (parent.root) copyTree(parent.root, stage.root);
      stages.set(name, stage);
    },
    WORKDIR(text) {
      stage.workdir = resolve(stage.workdir, text);
      mkdirSync(inStage('.'), { recursive: true });
    },
    ENV(text) {
      for (const pair of text.split(/\s+/)) {
        const [, name, value] = /^(\w+)=(\S*)$/.exec(pair) ?? refuse(`ENV ${text}`);
        stage.env[name] = value;
      }
    },
    COPY(text) {
      const [, from, paths] = /^(?:--from=(\S+) )?([^-].*)$/.exec(text) ?? refuse(`COPY ${text}`);
      const root = from ? (stages.get(from)?.root ?? refuse(`COPY --from=${from}`)) : context;
      const sources = paths.split(/\s+/);
      const target = sources.pop();
      if (!target.endsWith('/') && target !== '.')
        refuse(`COPY to ${target}, which is not said to be a folder`);
      for (const source of sources) {
        if (/[*?[]/.test(source)) refuse(`COPY ${source}`);
        const path = join(root, source);
        if (!existsSync(path)) throw new Error(`COPY: there is no ${source} in ${from ?? 'the context'}`);
        if (statSync(path).isDirectory()) copyTree(path, inStage(target));
        else cpSync(path, join(inStage(target), basename(path)));
      }
    },
    RUN(text) {
      if (/^\[|(?:^|[\s='"])\/|\.\.|--mount/.test(text)) refuse(`RUN ${text} (only paths below the workdir)`);
      execFileSync('/bin/sh', ['-ec', text], {
        cwd: inStage('.'),
        env: { ...process.env, NODE_ENV: '', TURBO_TELEMETRY_DISABLED: '1', ...quickNpm, ...stage.env },
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 64 * 1024 * 1024,
      });
    },
    USER: (text) => (stage.user = text),
    STOPSIGNAL: (text) => (stage.stopSignal = text),
    EXPOSE: (text) => (stage.port = Number(text)),
    CMD: (text) => (stage.command = JSON.parse(text)),
  };

  for (const { name, text } of parse(readFileSync(dockerfile, 'utf8'))) {
    (instructions[name] ?? refuse(name))(text);
  }
  return { ...stage, workdir: inStage('.') };
}

/** From npm's cache where possible: the lock file's hashes hold all the same. */
const quickNpm = { npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' };

function parse(text) {
  return text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => /^(?<name>[A-Z]+)\s+(?<text>.*)$/.exec(line)?.groups ?? refuse(line));
}

function copyTree(from, to) {
  mkdirSync(to, { recursive: true });
  execFileSync('cp', ['-a', `${from}/.`, to]);
}

function refuse(what) {
  throw new Error(`Dockerfile: this check does not know: ${what}`);
}
