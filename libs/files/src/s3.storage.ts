import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { AppError } from '@patchbay/contracts';
import { attachment } from './attachment.js';
import type { FileInfo, FileStorage, SignedUrl, StoredFile } from './file.storage.js';
import { segmentsOf } from './keys.js';
import { metered } from './metered.js';
import type { FilesSettings } from './settings.js';

const DELETE_AT_ONCE = 1000;

/** Files in a bucket of Amazon S3, or of a storage that speaks its protocol. Links lead to it directly. */
export class S3Storage implements FileStorage {
  readonly backend = 's3';
  private readonly client: S3Client;
  /** Only signs: the address is part of what is signed, so it must be the one that clients use. */
  private readonly signer: S3Client;
  private readonly bucket: string;
  private readonly maxBytes: number;

  constructor(settings: FilesSettings & { PATCHBAY_FILES_S3_BUCKET: string }) {
    this.bucket = settings.PATCHBAY_FILES_S3_BUCKET;
    this.maxBytes = settings.PATCHBAY_FILES_MAX_BYTES;
    const endpoint = settings.PATCHBAY_FILES_S3_ENDPOINT;
    this.client = new S3Client(clientConfig(settings, endpoint));
    this.signer = new S3Client(
      clientConfig(settings, settings.PATCHBAY_FILES_S3_PUBLIC_ENDPOINT ?? endpoint),
    );
  }

  async put(
    key: string,
    content: Buffer | Readable,
    { maxBytes = this.maxBytes }: { maxBytes?: number } = {},
  ): Promise<StoredFile> {
    segmentsOf(key);
    const { stream, result } = metered(content, maxBytes);
    const upload = new Upload({ client: this.client, params: { ...this.at(key), Body: stream } });
    try {
      await upload.done();
      return { key, ...result() };
    } catch (error) {
      stream.destroy();
      throw explain(error);
    }
  }

  async open(key: string): Promise<FileInfo & { content: Readable }> {
    const found = await this.ask(this.client.send(new GetObjectCommand(this.at(key))));
    return {
      key,
      size: found.ContentLength ?? 0,
      modifiedAt: found.LastModified ?? new Date(0),
      content: found.Body as Readable,
    };
  }

  async stat(key: string): Promise<FileInfo | undefined> {
    try {
      const found = await this.ask(this.client.send(new HeadObjectCommand(this.at(key))));
      return { key, size: found.ContentLength ?? 0, modifiedAt: found.LastModified ?? new Date(0) };
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return undefined;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await this.ask(this.client.send(new DeleteObjectCommand(this.at(key))));
  }

  async removeFolder(folder: string): Promise<void> {
    for (;;) {
      const files = await this.list(folder, { limit: DELETE_AT_ONCE });
      if (files.length === 0) return;
      const Objects = files.map(({ key }) => ({ Key: key }));
      await this.ask(
        this.client.send(new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } })),
      );
    }
  }

  async list(
    prefix: string,
    { limit, after }: { limit: number; after?: string | undefined },
  ): Promise<FileInfo[]> {
    const { Contents = [] } = await this.ask(
      this.client.send(
        new ListObjectsV2Command({
          Bucket: this.bucket,
          Prefix: prefix,
          MaxKeys: Math.min(limit, DELETE_AT_ONCE),
          StartAfter: after,
        }),
      ),
    );
    return Contents.map(({ Key = '', Size = 0, LastModified = new Date(0) }) => ({
      key: Key,
      size: Size,
      modifiedAt: LastModified,
    }));
  }

  async uploadUrl(key: string, { expiresInSeconds }: { expiresInSeconds: number }): Promise<SignedUrl> {
    return this.sign(new PutObjectCommand(this.at(key)), expiresInSeconds);
  }

  async downloadUrl(
    key: string,
    {
      expiresInSeconds,
      filename,
      mimetype,
    }: { expiresInSeconds: number; filename: string; mimetype: string },
  ): Promise<SignedUrl> {
    const command = new GetObjectCommand({
      ...this.at(key),
      ResponseContentType: mimetype,
      ResponseContentDisposition: attachment(filename),
    });
    return this.sign(command, expiresInSeconds);
  }

  /** Nothing: an upload is aborted where it breaks off, and a bucket's own rule removes the rest. */
  async tidy(): Promise<void> {}

  private async sign(
    command: PutObjectCommand | GetObjectCommand,
    expiresInSeconds: number,
  ): Promise<SignedUrl> {
    const url = await this.ask(getSignedUrl(this.signer, command, { expiresIn: expiresInSeconds }));
    return { url, expiresAt: new Date(Date.now() + expiresInSeconds * 1000) };
  }

  private at(key: string): { Bucket: string; Key: string } {
    segmentsOf(key);
    return { Bucket: this.bucket, Key: key };
  }

  private async ask<T>(work: Promise<T>): Promise<T> {
    return work.catch((error: unknown) => {
      throw explain(error);
    });
  }
}

function clientConfig(settings: FilesSettings, endpoint: string | undefined): S3ClientConfig {
  const { PATCHBAY_FILES_S3_ACCESS_KEY_ID: id, PATCHBAY_FILES_S3_SECRET_ACCESS_KEY: secret } = settings;
  return {
    region: settings.PATCHBAY_FILES_S3_REGION,
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(id && secret && { credentials: { accessKeyId: id, secretAccessKey: secret } }),
    // By default the SDK signs a checksum into upload links, which no client could send.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  };
}

function explain(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof NoSuchKey || error instanceof NotFound) {
    return new AppError('not_found', 'There is no such file, or it was deleted after its time.');
  }
  // What the storage says about a request of ours is the operator's to see, in the log, and not a client's.
  if (error instanceof S3ServiceException && error.$fault === 'client') return error;
  return new AppError('unavailable', 'The storage of files cannot be reached at the moment.', {
    cause: error,
  });
}
