import { z } from 'zod';

const HttpUrl = z
  .url({ protocol: /^https?$/, message: 'must look like https://files.example.com' })
  .transform((url) => url.replace(/\/+$/, ''))
  .optional();
const Text = z.string().optional();

/** Settings of every service that keeps or serves files: all of them must be given the same. */
export const filesSettings = {
  /** Where files lie on disk; the services that keep them share this folder. Unused with a bucket. */
  PATCHBAY_FILES_DIR: z.string().min(1).default('.patchbay/files'),
  /** Signs the links to files on disk. With it every file can be read. */
  PATCHBAY_FILES_SECRET: z.string().min(16, 'must have at least 16 characters'),
  /** What links to files begin with, when it is not `PUBLIC_URL`. */
  PATCHBAY_FILES_URL: HttpUrl,
  /** The largest file that is taken. */
  PATCHBAY_FILES_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(100 * 1024 * 1024),
  /** With a bucket, files are kept in it and not on disk. */
  PATCHBAY_FILES_S3_BUCKET: Text,
  PATCHBAY_FILES_S3_REGION: z.string().min(1).default('us-east-1'),
  /** An S3 that is not Amazon's. */
  PATCHBAY_FILES_S3_ENDPOINT: HttpUrl,
  /** The same storage as clients reach it, when that is another address. */
  PATCHBAY_FILES_S3_PUBLIC_ENDPOINT: HttpUrl,
  /** Without keys the process's own role is used, as AWS finds it. */
  PATCHBAY_FILES_S3_ACCESS_KEY_ID: Text,
  PATCHBAY_FILES_S3_SECRET_ACCESS_KEY: Text,
};

const FilesSettings = z.object(filesSettings);
export type FilesSettings = z.output<typeof FilesSettings>;
