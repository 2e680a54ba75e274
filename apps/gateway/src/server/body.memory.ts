/** The part of the memory that one address may fill, so that others are not kept out. */
const SHARE_OF_AN_ADDRESS = 0.25;

/** How many bytes of bodies are in memory, together and by address. */
export class BodyMemory {
  private readonly byAddress = new Map<string, number>();
  private taken = 0;

  /** @param most 0: no bound */
  constructor(private readonly most: number) {}

  hasRoomFor(address: string, bytes: number): boolean {
    if (this.most === 0) return true;
    const mine = this.byAddress.get(address) ?? 0;
    return this.taken + bytes <= this.most && mine + bytes <= this.most * SHARE_OF_AN_ADDRESS;
  }

  /** @param bytes less than 0 gives back */
  take(address: string, bytes: number): void {
    this.taken += bytes;
    const mine = (this.byAddress.get(address) ?? 0) + bytes;
    if (mine > 0) this.byAddress.set(address, mine);
    else this.byAddress.delete(address);
  }
}
