import type { SandboxLimits } from '../sandbox.js';

/** Descriptors that bubblewrap reads before it starts anything. */
export const SECCOMP_FD = 3;
export const PASSWD_FD = 4;

/** Who the code in a sandbox is; outside of it this is nobody. */
const USER_ID = 1000;
export const PASSWD = `user:x:${USER_ID}:${USER_ID}:user:/home/user:/bin/bash\n`;

/** What libraries look for besides /usr: alternatives of linear algebra, fonts, time zones, the linker's cache. */
const CONFIGURATION = [
  '/etc/alternatives',
  '/etc/fonts',
  '/etc/ld.so.cache',
  '/etc/localtime',
  '/etc/matplotlibrc',
  '/etc/mime.types',
];

/**
 * A world of its own: every namespace new, no network, no capability, the system read-only, and memory files for
 * what can be written, so that nothing of a sandbox is ever on the host's disk.
 */
export function bubblewrapArguments(
  limits: SandboxLimits,
  options: { seccomp: boolean; python: string; program: string },
): string[] {
  const disk = String(limits.diskBytes);
  const groups = [
    ['--unshare-all', '--unshare-user', '--disable-userns', '--hostname', 'sandbox'],
    ['--uid', String(USER_ID), '--gid', String(USER_ID)],
    // The agent is the first process, and no init of bubblewrap: that one holds our pipes too, could be written to
    // through /proc, and would not hide from it. Nothing inside can end the first process either.
    ['--as-pid-1', '--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--clearenv'],
    options.seccomp ? ['--seccomp', String(SECCOMP_FD)] : [],
    ['--ro-bind', '/usr', '/usr'],
    ['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]),
    CONFIGURATION.flatMap((path) => ['--ro-bind-try', path, path]),
    ['--ro-bind-data', String(PASSWD_FD), '/etc/passwd'],
    ['--proc', '/proc', '--dev', '/dev'],
    ['--size', disk, '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ['/tmp', '/home/user', '/mnt/files'].flatMap((path) => ['--size', disk, '--tmpfs', path]),
    // The root is a memory file system as well, without a limit: nothing may be written there.
    ['--remount-ro', '/', '--chdir', '/home/user'],
    [options.python, '-I', '-u', '-c', options.program],
  ];
  return groups.flat();
}
