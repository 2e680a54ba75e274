import type { ReadOnlyMount, SandboxLimits } from '../sandbox.js';

/** Descriptors that bubblewrap reads before it starts anything. */
export const SECCOMP_FD = 3;
export const PASSWD_FD = 4;

/** The user of the code in a sandbox; outside of it there is none of this id. */
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

/** Of /proc, what is about the host and its kernel and not about the sandbox. */
const HOST_FILES =
  'cmdline config.gz diskstats interrupts iomem ioports kallsyms kcore key-users keys kmsg kpagecgroup kpagecount kpageflags latency_stats modules partitions sched_debug slabinfo softirqs sysrq-trigger timer_list timer_stats vmallocinfo';
const HOST_FOLDERS = 'acpi asound bus driver fs irq scsi tty';

/** Paths of /proc that nothing is to be seen of. */
export interface Masked {
  files: string[];
  folders: string[];
}

/** What of it this kernel has: nothing can be put in the place of a path that is not there. */
export function maskedPaths(isThere: (path: string) => boolean): Masked {
  const [files = [], folders = []] = [HOST_FILES, HOST_FOLDERS].map((names) =>
    names
      .split(' ')
      .map((name) => `/proc/${name}`)
      .filter(isThere),
  );
  return { files, folders };
}

/**
 * A world of its own: every namespace new, no network, no capability, the system read-only, and memory files for
 * what can be written, so that nothing of a sandbox is ever on the host's disk.
 */
export function bubblewrapArguments(
  limits: SandboxLimits,
  options: {
    seccomp: boolean;
    python: string;
    program: string;
    masked?: Masked;
    mounts?: readonly ReadOnlyMount[];
  },
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
    (options.masked?.files ?? []).flatMap((path) => ['--ro-bind', '/dev/null', path]),
    (options.masked?.folders ?? []).flatMap((path) => ['--tmpfs', path, '--remount-ro', path]),
    ['--size', disk, '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ['/tmp', '/home/user', '/mnt/files'].flatMap((path) => ['--size', disk, '--tmpfs', path]),
    (options.mounts ?? []).flatMap(({ from, to }) => ['--ro-bind', from, to]),
    // The root is a memory file system as well, without a limit: nothing may be written there.
    ['--remount-ro', '/', '--chdir', '/home/user'],
    [options.python, '-I', '-u', '-c', options.program],
  ];
  return groups.flat();
}
