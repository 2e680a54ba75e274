"""Keeps the agent's memory and descriptors to itself, although the code beside it runs as the same user.

A process that is not dumpable belongs to no user in here as far as /proc and ptrace are concerned: its mem, fd, maps and
environ cannot be opened, and process_vm_writev and pidfd_getfd are refused (prctl(2), PR_SET_DUMPABLE). A fork is as
its parent in this, a program that is executed is dumpable again.
"""

import ctypes

PR_SET_DUMPABLE = 4


def hide():
    set_dumpable(0)


def show():
    """For a child that has closed what is the agent's: it would not even own its entries in /proc otherwise."""
    set_dumpable(1)


def set_dumpable(value):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_DUMPABLE, ctypes.c_ulong(value), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "PR_SET_DUMPABLE")
