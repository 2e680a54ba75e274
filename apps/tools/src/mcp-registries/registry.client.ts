import { AppError, isDeepJson } from '@patchbay/contracts';
import { OPERATOR, OutboundClient } from '@patchbay/service';
import { LRUCache } from 'lru-cache';
import type { RegistrySettings } from './registry.settings.js';

/** A page has a hundred entries of some kilobytes. */
const LIMITS = { timeoutMs: 10_000, maxBytes: 4 * 1024 * 1024 };
const REMEMBERED = { max: 1_000, maxSize: 64 * 1024 * 1024 };

interface Remembered {
  body: unknown;
  bytes: number;
}

/** The API of one registry, `v0.1`. What it answered is remembered for a while, and asked for once by however many. */
export class RegistryClient {
  private readonly http: OutboundClient;
  private readonly answers: LRUCache<string, Remembered>;

  constructor(
    readonly registry: RegistrySettings,
    rememberMs: number,
  ) {
    // The operator's own word: a registry may well be on his own network.
    this.http = new OutboundClient([new URL(registry.url).host]);
    this.answers = new LRUCache<string, Remembered>({
      ...REMEMBERED,
      // Nothing is remembered of what is over at once; those that ask side by side still share one answer.
      ttl: Math.max(rememberMs, 1),
      sizeCalculation: ({ bytes }) => Math.max(bytes, 1),
      fetchMethod: (path) => this.ask(path),
      ignoreFetchAbort: true,
    });
  }

  /**
   * @param path behind the registry's address
   * @throws AppError `not_found`; `unavailable` when it cannot be asked, or answers something else
   */
  async get(path: string): Promise<unknown> {
    return (await this.answers.fetch(path))?.body;
  }

  /** What turned out to be none of its API is asked for again the next time. */
  forget(path: string): void {
    this.answers.delete(path);
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private async ask(path: string): Promise<Remembered> {
    const { name, url, token } = this.registry;
    const { status, body } = await this.http
      .send({
        ...LIMITS,
        purpose: OPERATOR,
        method: 'GET',
        url: new URL(`${url}${path}`),
        headers: {
          accept: 'application/json',
          'user-agent': 'Patchbay',
          ...(token && { authorization: `Bearer ${token}` }),
        },
      })
      .catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        throw unavailable(name, error.message, error);
      });
    if (status === 404)
      throw new AppError('not_found', `The registry ${name} has no such server or version.`);
    if (status === 401 || status === 403) {
      throw new AppError('unavailable', `The registry ${name} does not let the platform in (${status}).`, {
        suggestion: 'The operator looks at PATCHBAY_MCP_REGISTRY_TOKENS.',
        retryable: false,
      });
    }
    if (status !== 200) throw unavailable(name, `it answered ${status}`);
    const text = body.toString();
    if (isDeepJson(text)) throw unavailable(name, 'its answer is nested too deeply');
    try {
      return { body: JSON.parse(text) as unknown, bytes: body.length };
    } catch (error) {
      throw unavailable(name, 'it answered something else than JSON', error);
    }
  }
}

function unavailable(name: string, why: string, cause?: unknown): AppError {
  return new AppError('unavailable', `The registry ${name} could not be asked: ${why.replace(/\.$/, '')}.`, {
    cause,
  });
}
