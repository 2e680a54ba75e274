"""Whatever ends in the sandbox. The agent is its first process: what others leave behind is left to it."""

import os
import signal

# Orphans of one turn: a flood of them must not keep the agent from its other work.
MOST_AT_ONCE = 100


class Children:
    def __init__(self, agent):
        # Those that other code in the agent waits for.
        self.own = set()
        self.reader, self.writer = os.pipe()
        for fd in (self.reader, self.writer):
            os.set_blocking(fd, False)
        signal.set_wakeup_fd(self.writer, warn_on_full_buffer=False)
        # Not ignored: the kernel would then see off our own ones as well, and with them how they ended.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        agent.watch(self.reader, self.on_end)

    def fork(self):
        pid = os.fork()
        if pid:
            self.own.add(pid)
        else:
            signal.set_wakeup_fd(-1)
        return pid

    def wait(self, pid):
        """How one of our own ended."""
        _, status = os.waitpid(pid, 0)
        self.own.discard(pid)
        self.see_off()
        return status

    def on_end(self, *_):
        try:
            os.read(self.reader, 4096)
        except BlockingIOError:
            pass
        self.see_off()

    def see_off(self):
        for _ in range(MOST_AT_ONCE):
            try:
                ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            # One of our own is in the way of those behind it until it was waited for.
            if ended is None or ended.si_pid in self.own:
                return
            os.waitpid(ended.si_pid, 0)
        self.come_back()

    def come_back(self):
        try:
            os.write(self.writer, b"\0")
        except BlockingIOError:
            pass
