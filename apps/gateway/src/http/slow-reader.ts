import type { ServerResponse } from 'node:http';
import { refusals } from '@patchbay/service';

/** Heartbeats in which a client took nothing of what waits for it: then it never will. */
const MOST_STILL_BEATS = 4;

/** Notices a client that does not read its stream. What it leaves unread costs memory for as long as it is there. */
export class SlowReader {
  private stillBeats = 0;
  private takenBefore = -1;

  constructor(
    private readonly response: ServerResponse,
    private readonly maxUnreadBytes: number,
  ) {}

  /** Whether more lies unread than may. */
  isFull(): boolean {
    const isFull = this.response.writableLength > this.maxUnreadBytes;
    if (isFull) refusals.inc({ limit: 'slow_reader' });
    return isFull;
  }

  /** To be asked at each heartbeat. */
  isStill(): boolean {
    const { writableLength, socket } = this.response;
    const taken = (socket?.bytesWritten ?? 0) - writableLength;
    this.stillBeats = writableLength > 0 && taken <= this.takenBefore ? this.stillBeats + 1 : 0;
    this.takenBefore = taken;
    if (this.stillBeats < MOST_STILL_BEATS) return false;
    refusals.inc({ limit: 'slow_reader' });
    return true;
  }
}
