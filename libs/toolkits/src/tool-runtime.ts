import type { ContentBlock } from '@patchbay/contracts';
import type { Parse } from './parsing/parse.js';

/** A request of a tool's own making. */
export interface ToolRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  /** Under the toolkit's base URL (write it with `path`), or a whole address. */
  url: string;
  /** A list repeats its name; what is undefined or null is left out. */
  query?: Record<string, unknown>;
  /** More of the query, written and encoded already: `a=1,2&b=3`. */
  search?: string;
  headers?: Record<string, string>;
  body?: ToolRequestBody;
}

export type ToolRequestBody =
  | { json: unknown }
  /** URL-encoded; objects and lists inside as `a[b]=` and `a[0]=`. */
  | { form: Record<string, unknown> }
  | { bytes: Uint8Array; mimetype: string }
  /** multipart/form-data; a list is as many parts of one name. */
  | { parts: Record<string, ToolRequestPart | ToolRequestPart[]> };

/** A text, a text of a type of its own, or a file. */
export type ToolRequestPart = string | { text: string; mimetype: string } | ToolFile;

/** What came back, when a tool wants more of it than its body. */
export interface ToolResponse {
  status: number;
  headers: Record<string, string>;
  bytes: Uint8Array;
  /** Where it came from in the end, redirects followed. */
  url: string;
}

/** The provider, as a tool reaches it. Time and sizes are limited, and addresses guarded. */
export interface ToolHttp {
  /**
   * Sends a request and reads its answer: JSON as what it says, anything else as text, nothing as `{}`.
   * The account's credential goes along to the toolkit's base URL and its `origins`, and nowhere else.
   * @throws ToolFailure when the provider refuses
   */
  request(request: ToolRequest): Promise<unknown>;
  /** The same for what is no JSON: a file, a page. */
  download(request: ToolRequest): Promise<ToolResponse>;
}

export interface ToolFile {
  name: string;
  mimetype: string;
  bytes: Uint8Array;
}

/** A file as a tool's arguments name it. */
export interface FileReference {
  name: string;
  mimetype: string;
  /** From the upload, or the address of a file elsewhere. */
  s3key: string;
}

/** Where files that tools take and give are kept. */
export interface ToolFiles {
  /**
   * The bytes of a file under the name and the type that the caller gave: the key has neither as they were.
   * @throws ToolFailure when there is no such file, it is larger than tools take, or its type is none
   */
  read(file: FileReference): Promise<ToolFile>;
  /** `s3url` is a presigned URL, valid for a while without a key. */
  store(file: ToolFile): Promise<FileReference & { s3url: string }>;
}

/** What a function tool may use of the outside. */
export interface ToolRuntime {
  now: () => Date;
  http: ToolHttp;
  files: ToolFiles;
  /** The one way to parse what came from outside and is more than JSON: HTML, Markdown, a table to be queried. */
  parse: Parse;
  /** What the account says of itself for addresses, such as its subdomain: never a secret. */
  account: Record<string, string>;
  /** Adds to the answer what JSON cannot hold: an image, a sound, a resource. MCP clients are given it. */
  attach: (block: ContentBlock) => void;
}

/** An expected failure of a tool, in words for its caller. */
export class ToolFailure extends Error {
  constructor(
    message: string,
    /** What `data` then holds. */
    readonly data: Record<string, unknown> = { message },
  ) {
    super(message);
    this.name = 'ToolFailure';
  }
}

/**
 * Writes a path with arguments in it: `` path`/tasks/${id}` ``. Each stays in its place.
 * @throws ToolFailure for a dot or two, which would climb out of it, encoded or not
 */
export function path(texts: TemplateStringsArray, ...values: (string | number)[]): string {
  return texts.reduce((before, text, index) => before + encodeSegment(values[index - 1]) + text);
}

function encodeSegment(value: string | number | undefined): string {
  const segment = String(value);
  if (segment === '' || segment === '.' || segment === '..') {
    throw new ToolFailure(`Invalid request data provided: ${JSON.stringify(segment)} cannot be an id`);
  }
  return encodeURIComponent(segment);
}
