import { Inject, Injectable } from '@nestjs/common';
import { RawJson, writeJson } from '@patchbay/contracts';
import { LOGGER, type Logger } from '@patchbay/service';
import type { ToolsConfig } from '../config.js';
import { FilesService, type FilesOwner } from '../files/index.js';
import { CONFIG } from '../settings.module.js';
import { clip, sizeOf } from './clip.js';
import { readData, type ToolResult } from './tool-result.js';

/** Room for the words about the file. */
const ABOUT_BYTES = 2_000;

/** A result whose data is written already: size, record and reply are of one text. */
export type WrittenResult = Omit<ToolResult, 'data'> & { data: RawJson };

/** Keeps answers to a size that messages and models can bear. */
@Injectable()
export class AnswersService {
  private readonly maxBytes: number;

  constructor(
    private readonly files: FilesService,
    @Inject(CONFIG) config: Pick<ToolsConfig, 'PATCHBAY_INLINE_ANSWER_BYTES'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.maxBytes = config.PATCHBAY_INLINE_ANSWER_BYTES;
  }

  /** An answer over the limit in short, with a link to the whole of it under `clipped_answer`. */
  async fit(result: ToolResult, owner: FilesOwner): Promise<WrittenResult> {
    const text = writeJson(result.data);
    const bytes = Buffer.byteLength(text);
    if (bytes <= this.maxBytes)
      return { ...result, data: result.data instanceof RawJson ? result.data : new RawJson(text) };
    const short = clip(readData(result), this.maxBytes - ABOUT_BYTES);
    const kept = await this.keep(text, owner);
    const shown = { ...short, clipped_answer: { bytes, shown_bytes: sizeOf(short), ...kept } };
    return { ...result, data: new RawJson(writeJson(shown)) };
  }

  private async keep(text: string, { projectId, toolkit, toolSlug }: FilesOwner) {
    const filename = `${toolSlug.toLowerCase()}.json`;
    try {
      const about = { projectId, toolkit, toolSlug, filename, mimetype: 'application/json' };
      const { expiresAt, ...file } = await this.files.keep(about, Buffer.from(text));
      const note =
        'The answer is too long to be shown: every item is here in short, and the file has it whole.';
      return { note, file: { ...file, expires_at: expiresAt.toISOString() } };
    } catch (error) {
      this.logger.warn({ err: error }, 'a long answer could not be kept as a file');
      return {
        note: 'The answer is too long to be shown, and could not be kept whole. Ask for less at once.',
      };
    }
  }
}
