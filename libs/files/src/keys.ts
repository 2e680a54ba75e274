import { AppError } from '@patchbay/contracts';
import { nanoid } from 'nanoid';

const MAX_KEY_CHARACTERS = 900;
const MAX_NAME_CHARACTERS = 120;

/** The key of a file that belongs to a call: staged for one as its input, or come from one. */
export function callFileKey(file: {
  projectId: string;
  toolkit: string;
  toolSlug: string;
  filename: string;
}): string {
  // The random part is what keeps two files of one name apart, and a key from being guessed.
  const name = `${nanoid(16)}_${plainName(file.filename)}`;
  return `projects/${file.projectId}/requests/${file.toolkit}/${file.toolSlug}/${name}`;
}

/** Whether a key is one of `callFileKey`. */
export function isCallFile(key: string): boolean {
  return /^projects\/[^/]+\/requests\//.test(key);
}

/** The folder of everything that is kept for the sessions of a project. */
export function sessionsFolder(projectId: string): string {
  return `projects/${projectId}/sessions/`;
}

export function sessionFolder(projectId: string, sessionId: string): string {
  return `${sessionsFolder(projectId)}${sessionId}/`;
}

/** The home of a session's suspended sandbox. No call may read it. */
export function homeKey(projectId: string, sessionId: string): string {
  return `${sessionFolder(projectId, sessionId)}home`;
}

/** The folder of a session's mount. A file's key is this and its path in the mount. */
export function mountFolder(projectId: string, sessionId: string): string {
  return `${sessionFolder(projectId, sessionId)}files/`;
}

/** The project that a file belongs to, and the session if it is in a session's folder. */
export function ownerOf(key: string): { projectId: string | null; sessionId: string | undefined } {
  const [, projectId = null, sessionId] = /^projects\/([^/]+)\/(?:sessions\/([^/]+)\/)?/.exec(key) ?? [];
  return { projectId, sessionId };
}

/** Whether a call may read the file: its project's call files, and its own session's mount. */
export function mayRead(key: string, reader: { projectId: string; sessionId?: string | undefined }): boolean {
  const { projectId, sessionId } = reader;
  return (
    key.startsWith(`projects/${projectId}/requests/`) ||
    (sessionId !== undefined && key.startsWith(mountFolder(projectId, sessionId)))
  );
}

/** The name that a key's file was given. */
export function filenameOf(key: string): string {
  const last = key.slice(key.lastIndexOf('/') + 1);
  return key.includes('/requests/') ? last.replace(/^[\w-]{16}_/, '') : last;
}

/**
 * The names in a key. None of them can lead out of its folder.
 * @throws AppError `invalid_request`
 */
export function segmentsOf(key: string): string[] {
  const segments = key.split('/');
  const isBad = segments.some((name) => name === '' || name === '.' || name === '..' || /\p{Cc}/u.test(name));
  if (isBad || key.length > MAX_KEY_CHARACTERS || !key.isWellFormed()) {
    throw new AppError('invalid_request', 'The path of the file is not one that can be kept.', {
      suggestion: 'Use names joined by /, without empty ones, . and .., and not too long.',
    });
  }
  return segments;
}

function plainName(filename: string): string {
  const last = filename.split(/[/\\]/).pop() ?? '';
  const plain = last.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '_');
  return plain.slice(-MAX_NAME_CHARACTERS).replace(/^\.+/, '').toWellFormed() || 'file';
}
