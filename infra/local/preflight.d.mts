export interface Lock {
  pid: number;
  birth: string | null;
  url: string;
  port: number;
}
export declare class Refusal extends Error {
  readonly suggestion: string;
  constructor(message: string, suggestion: string, options?: ErrorOptions);
}
export declare function requireNode(version?: string): void;
export declare function requireFreePort(host: string, port: number, home?: string): Promise<void>;
export declare function lockFile(home: string): string;
export declare function liveLock(home: string): Lock | undefined;
export declare function isAlive(pid: number): boolean;
export declare function processBirth(pid: number): string | null;
