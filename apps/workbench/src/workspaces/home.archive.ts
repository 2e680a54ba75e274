import { Readable } from 'node:stream';
import type { FileStorage } from '@patchbay/files';
import { type AgentClient, Done, Piece, SnapshotAnswer } from '../agent/index.js';

const PIECE_BYTES = 1024 * 1024;
const SNAPSHOT_LIMIT_MS = 20_000;
const PIECE_LIMIT_MS = 30_000;
/** In the home, so that one archive holds both. */
const VARIABLES = '/home/user/.patchbay/variables';

/** For a whole archive, however slow the sandbox is. */
const TOTAL_LIMIT_MS = 60_000;

export type Lost = Record<string, string>;

export interface Saved {
  /** Variables that could not be saved, each with the reason. */
  lost: Lost;
  /** In bytes, packed. */
  size: number;
}

/** The state of a sandbox beside its mount, as it is stored: the files of its home, and its variables. */
export class HomeArchive {
  constructor(
    private readonly agent: AgentClient,
    private readonly storage: FileStorage,
    private readonly key: string,
    readonly maxBytes: number,
  ) {}

  /**
   * @param maxBytes of the variables, and of the whole when it is packed
   * @throws when the files are too large; the archive before it is kept then
   */
  async save(maxBytes: number): Promise<Saved> {
    const lost = await this.snapshot(maxBytes);
    await this.agent.request('pack', {}, Done, PIECE_LIMIT_MS);
    const { size } = await this.storage.put(this.key, Readable.from(this.packed()), { maxBytes });
    await this.agent.request('remove', { path: VARIABLES }, Done, PIECE_LIMIT_MS);
    return { lost, size };
  }

  /** @returns the variables that could not be restored, each with the reason */
  async load({ variables }: { variables: boolean }): Promise<Lost> {
    const until = Date.now() + TOTAL_LIMIT_MS;
    await this.agent.request('unpack', {}, Done, PIECE_LIMIT_MS);
    const { content } = await this.storage.open(this.key);
    for await (const chunk of content as AsyncIterable<Buffer>) {
      for (let begin = 0; begin < chunk.length; begin += PIECE_BYTES) {
        const data = chunk.subarray(begin, begin + PIECE_BYTES).toString('base64');
        await this.agent.request('unpackPiece', { data }, Done, PIECE_LIMIT_MS);
        if (Date.now() > until) throw new Error('it was unpacked too slowly');
      }
    }
    await this.agent.request('unpackPiece', { data: '' }, Done, PIECE_LIMIT_MS);
    const lost = variables
      ? read(
          await this.agent.request(
            'restore',
            { path: VARIABLES, limitMs: SNAPSHOT_LIMIT_MS },
            SnapshotAnswer,
            2 * SNAPSHOT_LIMIT_MS,
          ),
        )
      : {};
    await this.agent.request('remove', { path: VARIABLES }, Done, PIECE_LIMIT_MS);
    return lost;
  }

  private async snapshot(maxBytes: number): Promise<Lost> {
    const given = { path: VARIABLES, maxBytes, limitMs: SNAPSHOT_LIMIT_MS };
    return read(await this.agent.request('snapshot', given, SnapshotAnswer, 2 * SNAPSHOT_LIMIT_MS));
  }

  private async *packed(): AsyncGenerator<Buffer> {
    const until = Date.now() + TOTAL_LIMIT_MS;
    for (;;) {
      const { data } = await this.agent.request('packPiece', { length: PIECE_BYTES }, Piece, PIECE_LIMIT_MS);
      if (data === '') return;
      if (Date.now() > until) throw new Error('it was packed too slowly');
      yield Buffer.from(data, 'base64');
    }
  }
}

function read(answer: SnapshotAnswer): Lost {
  if ('lost' in answer) return answer.lost;
  return { 'all variables': 'error' in answer ? answer.error : `Python ended with ${answer.ended}` };
}
