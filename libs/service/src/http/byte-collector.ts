const FIRST_BYTES = 16 * 1024;
/** Times as much as came may be made room for at once. */
const MOST_AHEAD = 8;

/**
 * The bytes of a body, copied together as they come. A list of the pieces would let a sender decide what a byte
 * costs: sent one by one, each would be an object, and keep alive the packet that it came in.
 */
export class ByteCollector {
  private only: Buffer | undefined;
  private buffer: Buffer | undefined;
  private size = 0;
  private announced = 0;

  constructor(private readonly maxBytes: number) {}

  /** How many the sender says there will be. It is believed as far as it is in proportion to what came. */
  set expected(bytes: number) {
    this.announced = Number.isSafeInteger(bytes) ? bytes : 0;
  }

  /** @returns false when it would be more than the most; what there is, is then dropped */
  add(piece: Buffer): boolean {
    const size = this.size + piece.length;
    if (size > this.maxBytes) {
      this.only = this.buffer = undefined;
      return false;
    }
    // Most answers are one piece, which needs no copy.
    if (this.size === 0) this.only = piece;
    else {
      this.buffer = this.withRoom(size);
      piece.copy(this.buffer, this.size);
    }
    this.size = size;
    return true;
  }

  bytes(): Buffer {
    return this.only ?? this.buffer?.subarray(0, this.size) ?? Buffer.alloc(0);
  }

  private withRoom(size: number): Buffer {
    if (this.buffer && this.buffer.length >= size) return this.buffer;
    const isLikely = this.announced >= size && this.announced <= size * MOST_AHEAD;
    const wanted = isLikely ? this.announced : Math.max(size * 2, FIRST_BYTES);
    const bigger = Buffer.allocUnsafe(Math.min(wanted, this.maxBytes));
    (this.only ?? this.buffer)?.copy(bigger, 0, 0, this.size);
    this.only = undefined;
    return bigger;
  }
}
