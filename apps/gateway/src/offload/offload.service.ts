import { randomBytes, randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  RawJson,
  readJson,
  writeJson,
  type AnswerOf,
  type executeMetaTool,
  type executeTool,
  type Session,
} from '@patchbay/contracts';
import { LOGGER, type Logger } from '@patchbay/service';
import { z } from 'zod';
import { MOUNT_POINT, MountsService } from '../mounts/index.js';
import { charactersOf, previewOf } from './preview.js';

const FOLDER = 'mex';
const WORDS =
  'amber birch cedar cobalt coral delta ember fjord grove harbor indigo maple meadow onyx opal pearl quartz river slate tundra'.split(
    ' ',
  );

/** A multi-execute's own data, as far as it matters here. */
const Results = z.object({
  results: z.array(z.object({ response: z.object({ data: z.unknown() }).loose().nullish() }).loose()),
});

interface FileNote {
  file_path?: string;
  instructions: string;
}

/** Large results go into the session's mount, where its sandbox reads them; the answer keeps their beginning. */
@Injectable()
export class OffloadService {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly mounts: MountsService,
  ) {}

  /** Of an app tool that was called with `enable_auto_workbench_offload`. */
  async ofTool<O extends AnswerOf<typeof executeTool>>(
    session: Session,
    toolSlug: string,
    outcome: O,
  ): Promise<O> {
    const { workbench } = session.config;
    const limit = workbench.autoOffloadThreshold;
    if (!workbench.enabled || charactersOf(outcome.data) <= limit) return outcome;
    const { successful, data, error, logId } = outcome;
    const response = { data, successful, error, log_id: logId };
    const note = await this.save(session, { results: [{ response, tool_slug: toolSlug, index: 0 }] });
    return { ...outcome, data: { data_preview: previewOf(valueOf(data), limit), remote_file_info: note } };
  }

  /** Of a multi-execute: when it is asked to be saved, and when all of it together is large. */
  async ofMany<O extends Pick<AnswerOf<typeof executeMetaTool>, 'data'>>(
    session: Session,
    isAsked: boolean,
    outcome: O,
  ): Promise<O> {
    const { workbench } = session.config;
    const limit = workbench.autoOffloadThreshold;
    const isLarge = charactersOf(outcome.data) > limit;
    if (!workbench.enabled || !(isAsked || isLarge)) return outcome;
    const data = valueOf(outcome.data);
    const parsed = Results.safeParse(data);
    if (!parsed.success) return outcome;
    const note = await this.save(session, data);
    const { results } = parsed.data;
    const share = Math.floor(limit / Math.max(1, results.length));
    const shown = isLarge ? results.map((result) => withPreview(result, share)) : results;
    return { ...outcome, data: { ...data, results: shown, remote_file_info: note } };
  }

  private async save(session: Session, content: object): Promise<FileNote> {
    const word = WORDS[randomInt(WORDS.length)];
    const path = `${FOLDER}/${word}-${randomBytes(3).toString('hex')}.json`;
    try {
      await this.mounts.save(session, path, writeJson(content));
    } catch (error) {
      this.logger.error({ err: error }, 'a large result could not be saved');
      return { instructions: 'The whole answer could not be saved; this is how it begins.' };
    }
    const file_path = `${MOUNT_POINT}/${path}`;
    const how = session.exposedTools.includes('COMPOSIO_REMOTE_WORKBENCH')
      ? `Read it with COMPOSIO_REMOTE_WORKBENCH: json.load(open("${file_path}"))["results"][0]["response"]["data"].`
      : `There is no sandbox to read it in (${session.workbenchMissing ?? 'the workbench is off'}); it is ${path} among the files of the session.`;
    return { file_path, instructions: `The whole answer is in ${file_path}. ${how}` };
  }
}

function valueOf(data: Record<string, unknown> | RawJson): Record<string, unknown> {
  return data instanceof RawJson ? (readJson(data.text) as Record<string, unknown>) : data;
}

function withPreview(result: z.output<typeof Results>['results'][number], limit: number) {
  const { response } = result;
  if (!response) return result;
  const { data, ...rest } = response;
  return { ...result, response: { ...rest, data_preview: previewOf(data, limit) } };
}
