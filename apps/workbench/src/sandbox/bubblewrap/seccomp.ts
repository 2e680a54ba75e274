import { arch } from 'node:process';

/*
 * A classic BPF program for seccomp: what ordinary code never needs of the kernel, and attacks on it do.
 * https://www.kernel.org/doc/html/latest/userspace-api/seccomp_filter.html
 */

interface Architecture {
  /** AUDIT_ARCH_* of linux/audit.h. */
  audit: number;
  /** Numbers of system calls that are refused as not permitted. */
  refused: Record<string, number>;
  clone: number;
  clone3: number;
  socket: number;
  prctl: number;
  prlimit64: number;
  /** Calls above it belong to another ABI of the same processor; 0 where there is none. */
  highest: number;
}

/** Numbers from 424 on are the same everywhere. */
const NEWER = {
  pidfd_getfd: 438,
  open_tree: 428,
  move_mount: 429,
  fsopen: 430,
  fsconfig: 431,
  fsmount: 432,
  fspick: 433,
  mount_setattr: 442,
  io_uring_setup: 425,
  io_uring_enter: 426,
  io_uring_register: 427,
  memfd_secret: 447,
};

const ARCHITECTURES: Partial<Record<string, Architecture>> = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    clone3: 435,
    socket: 41,
    prctl: 157,
    prlimit64: 302,
    // The x32 ABI numbers its calls from here.
    highest: 0x3fffffff,
    refused: {
      ...NEWER,
      // Memory that belongs to no process and to no file system, so that its holder cannot be found.
      shmget: 29,
      semget: 64,
      msgget: 68,
      memfd_create: 319,
      kcmp: 312,
      ptrace: 101,
      syslog: 103,
      personality: 135,
      pivot_root: 155,
      chroot: 161,
      acct: 163,
      mount: 165,
      umount2: 166,
      swapon: 167,
      swapoff: 168,
      reboot: 169,
      init_module: 175,
      delete_module: 176,
      quotactl: 179,
      add_key: 248,
      request_key: 249,
      keyctl: 250,
      unshare: 272,
      perf_event_open: 298,
      name_to_handle_at: 303,
      open_by_handle_at: 304,
      setns: 308,
      process_vm_readv: 310,
      process_vm_writev: 311,
      finit_module: 313,
      kexec_load: 246,
      kexec_file_load: 320,
      bpf: 321,
      userfaultfd: 323,
    },
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    clone3: 435,
    socket: 198,
    prctl: 167,
    prlimit64: 261,
    highest: 0,
    refused: {
      ...NEWER,
      msgget: 186,
      semget: 190,
      shmget: 194,
      memfd_create: 279,
      kcmp: 272,
      umount2: 39,
      mount: 40,
      pivot_root: 41,
      chroot: 51,
      quotactl: 60,
      acct: 89,
      personality: 92,
      unshare: 97,
      kexec_load: 104,
      init_module: 105,
      delete_module: 106,
      syslog: 116,
      ptrace: 117,
      reboot: 142,
      add_key: 217,
      request_key: 218,
      keyctl: 219,
      swapon: 224,
      swapoff: 225,
      perf_event_open: 241,
      name_to_handle_at: 264,
      open_by_handle_at: 265,
      setns: 268,
      process_vm_readv: 270,
      process_vm_writev: 271,
      finit_module: 273,
      bpf: 280,
      userfaultfd: 282,
      kexec_file_load: 294,
    },
  },
};

const LOAD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const JUMP_IF_GREATER = 0x25;
const JUMP_IF_SET = 0x45;
const RETURN = 0x06;

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const errno = (number: number) => 0x00050000 | number;
const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

/** Offsets in struct seccomp_data; the lower half of an argument, as both processors are little-endian. */
const NUMBER = 0;
const AUDIT_ARCH = 4;
const FIRST_ARGUMENT = 16;

const CLONE_NEW_NAMESPACES = 0x7e020080;
const PR_SET_PDEATHSIG = 1;
const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;

type Instruction = [code: number, ifTrue: number, ifFalse: number, value: number];

/** The filter as bubblewrap takes it; undefined on a processor whose calls we have no list of. */
export function seccompFilter(processor: string = arch): Buffer | undefined {
  const known = ARCHITECTURES[processor];
  if (!known) return undefined;
  const program: Instruction[] = [
    [LOAD, 0, 0, AUDIT_ARCH],
    [JUMP_IF_EQUAL, 1, 0, known.audit],
    [RETURN, 0, 0, KILL],
    [LOAD, 0, 0, NUMBER],
    ...(known.highest ? [[JUMP_IF_GREATER, 0, 1, known.highest] as Instruction, answer(errno(EPERM))] : []),
    ...Object.values(known.refused).flatMap((number): Instruction[] => [
      [JUMP_IF_EQUAL, 0, 1, number],
      answer(errno(EPERM)),
    ]),
    // Its flags are in memory, where a filter cannot look; without it the C library uses clone.
    [JUMP_IF_EQUAL, 0, 1, known.clone3],
    answer(errno(ENOSYS)),
    [JUMP_IF_EQUAL, 0, 4, known.clone],
    [LOAD, 0, 0, FIRST_ARGUMENT],
    [JUMP_IF_SET, 0, 1, CLONE_NEW_NAMESPACES],
    answer(errno(EPERM)),
    answer(ALLOW),
    // A sandbox ends with its service by this signal, which its first process could switch off.
    [JUMP_IF_EQUAL, 0, 4, known.prctl],
    [LOAD, 0, 0, FIRST_ARGUMENT],
    [JUMP_IF_EQUAL, 0, 1, PR_SET_PDEATHSIG],
    answer(errno(EPERM)),
    answer(ALLOW),
    // Limits of the caller alone, as the agent runs as the same user.
    [JUMP_IF_EQUAL, 0, 4, known.prlimit64],
    [LOAD, 0, 0, FIRST_ARGUMENT],
    [JUMP_IF_EQUAL, 1, 0, 0],
    answer(errno(EPERM)),
    answer(ALLOW),
    // Kinds of sockets that no network namespace holds back, like those between a virtual machine and its host.
    [JUMP_IF_EQUAL, 0, 5, known.socket],
    [LOAD, 0, 0, FIRST_ARGUMENT],
    [JUMP_IF_EQUAL, 3, 0, AF_UNIX],
    [JUMP_IF_EQUAL, 2, 0, AF_INET],
    [JUMP_IF_EQUAL, 1, 0, AF_INET6],
    answer(errno(EAFNOSUPPORT)),
    answer(ALLOW),
  ];
  const filter = Buffer.alloc(program.length * 8);
  program.forEach(([code, ifTrue, ifFalse, value], index) => {
    filter.writeUInt16LE(code, index * 8);
    filter.writeUInt8(ifTrue, index * 8 + 2);
    filter.writeUInt8(ifFalse, index * 8 + 3);
    filter.writeUInt32LE(value >>> 0, index * 8 + 4);
  });
  return filter;
}

function answer(value: number): Instruction {
  return [RETURN, 0, 0, value];
}
