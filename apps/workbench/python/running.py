"""What runs on request: cells in the kernel, and commands in a shell."""

import json
import os
import resource
import signal
import socket
import time

import privacy
from capture import Capture

GRACE_SECONDS = 3.0
# What a kernel may say at once. Code in it can write where it answers.
LONGEST_ANSWER = 4 * 1024 * 1024
TEXT_CHARACTERS = 60_000
MOST_PICTURES = 20
MOST_LOST = 100
NAME_CHARACTERS = 200
# The agent comes first: it is the one that can end the others.
NICENESS = 5


class Limited:
    """Work with a time limit: told to stop at its end, killed a little later."""

    def __init__(self, agent, frame):
        self.agent = agent
        self.request = frame["id"]
        self.limit = frame["limitMs"] / 1000
        self.deadline = time.monotonic() + self.limit
        self.told = False
        self.stdout = Capture(agent, "stdout")
        self.stderr = Capture(agent, "stderr")

    def next_tick(self):
        return self.deadline

    def tick(self, now):
        if now < self.deadline:
            return
        if self.told:
            self.kill()
        else:
            self.told = True
            self.deadline = now + GRACE_SECONDS
            self.tell()

    def outputs(self):
        return {"stdout": self.stdout.close(), "stderr": self.stderr.close()}


class Bash(Limited):
    """A command in a shell of its own. What it leaves running in the background goes on."""

    def __init__(self, agent, frame):
        super().__init__(agent, frame)
        self.killed = False
        try:
            self.pid = self.spawn(frame["command"])
        except OSError:
            # Too many processes: room is made, and the command fails with the reason.
            agent.clear_processes()
            self.stdout.close(), self.stderr.close()
            raise RuntimeError("the sandbox has too many processes; all of them were ended")
        self.pidfd = os.pidfd_open(self.pid)
        agent.watch(self.pidfd, self.on_end)

    def spawn(self, command):
        pid = self.agent.children.fork()
        if pid:
            return pid
        try:
            os.setsid()
            own_signals()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(self.stdout.writer, 1)
            os.dup2(self.stderr.writer, 2)
            become_ordinary(3, self.agent.settings)
            os.chdir(self.agent.settings["home"])
            os.execv("/bin/bash", ["bash", "-c", command])
        finally:
            os._exit(127)

    def tell(self):
        self.kill_group(signal.SIGINT)

    def kill(self):
        self.killed = True
        self.kill_group(signal.SIGKILL)

    def kill_group(self, number):
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:
            pass

    def on_end(self):
        self.agent.unwatch(self.pidfd)
        os.close(self.pidfd)
        status = self.agent.children.wait(self.pid)
        if self.told:
            self.kill_group(signal.SIGKILL)
        self.agent.finish(
            self.request,
            {**self.outputs(), "exitCode": os.waitstatus_to_exitcode(status), "timedOut": self.told},
        )


class Kernel:
    """The process that holds the session's variables; a new one takes its place when it ends."""

    def __init__(self, agent):
        self.agent = agent
        self.work = None
        self.start()

    def start(self):
        ours, theirs = socket.socketpair()
        self.pid = self.agent.children.fork()
        self.broke = False
        if self.pid == 0:
            try:
                ours.close()
                become_kernel(theirs, self.agent.settings)
            finally:
                os._exit(1)
        theirs.close()
        self.socket = ours
        self.pending = b""
        # Its end is told by the process itself: what it forked holds the other end of the socket too.
        self.pidfd = os.pidfd_open(self.pid)
        self.agent.watch(self.pidfd, self.on_end)
        self.agent.watch(ours.fileno(), self.on_answer)

    def run(self, frame):
        self.work = Cell(self, frame)
        return self.work

    def on_answer(self):
        try:
            chunk = self.socket.recv(1 << 20)
        except OSError:
            chunk = b""
        if not chunk:
            return self.agent.unwatch(self.socket.fileno())
        *lines, self.pending = (self.pending + chunk).split(b"\n")
        if len(self.pending) > LONGEST_ANSWER:
            return self.break_off()
        for line in lines:
            try:
                answer = believable(json.loads(line))
            except (ValueError, TypeError, AttributeError, RecursionError):
                return self.break_off()
            work, self.work = self.work, None
            if work:
                self.agent.finish(work.request, {**answer, **work.outputs(), "timedOut": work.told})

    def break_off(self):
        """Code wrote where the kernel answers: a new kernel takes its place, and the cell is told why."""
        self.broke = True
        self.agent.unwatch(self.socket.fileno())
        os.kill(self.pid, signal.SIGKILL)

    def on_end(self):
        self.agent.unwatch(self.pidfd)
        os.close(self.pidfd)
        self.agent.unwatch(self.socket.fileno())
        self.socket.close()
        code = os.waitstatus_to_exitcode(self.agent.children.wait(self.pid))
        broke = self.broke
        work, self.work = self.work, None
        # What it started is of no use without it, and may be what filled the sandbox.
        self.agent.clear_processes()
        self.start()
        if work:
            ended = "signal %d" % -code if code < 0 else "exit code %d" % code
            if broke:
                ended = "it wrote to the descriptor over which Python answers"
            self.agent.finish(work.request, {"ended": ended, **work.outputs(), "timedOut": work.told})


class Cell(Limited):
    def __init__(self, kernel, frame):
        super().__init__(kernel.agent, frame)
        self.kernel = kernel
        order = json.dumps({key: frame[key] for key in frame if key != "id"}).encode() + b"\n"
        # The kernel writes where these two point to; both go with the order.
        socket.send_fds(kernel.socket, [b"%016d" % len(order)], [self.stdout.writer, self.stderr.writer])
        kernel.socket.sendall(order)
        self.stdout.let_go(), self.stderr.let_go()

    def tell(self):
        os.kill(self.kernel.pid, signal.SIGINT)

    def kill(self):
        os.kill(self.kernel.pid, signal.SIGKILL)
        self.agent.clear_processes()


def believable(answer):
    """What of a kernel's answer may go on, and no more of it than the workbench takes."""
    lost = answer.get("lost")
    if lost is not None:
        names = [(str(name)[:NAME_CHARACTERS], str(why)[:NAME_CHARACTERS]) for name, why in lost.items()]
        more = [(f"and {len(names) - MOST_LOST} others", "too many to name")] if len(names) > MOST_LOST else []
        return {"lost": dict(names[:MOST_LOST] + more)}
    texts = {key: str(answer.get(key) or "")[:TEXT_CHARACTERS] for key in ("result", "error")}
    pictures = [path for path in answer.get("pictures") or [] if isinstance(path, str)]
    return {**texts, "pictures": [path for path in pictures if len(path) < 4096][:MOST_PICTURES]}


def own_signals():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)


def become_ordinary(first_fd, settings):
    """From here on a process is the session's. What is the agent's is closed before its code runs."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    os.closerange(first_fd, most)
    privacy.show()
    limit_processes(settings)


def limit_processes(settings):
    """Hard limits, and a place behind the agent: no process of the sandbox can raise them again."""
    limits = settings["limits"]
    for kind, value in (
        (resource.RLIMIT_NPROC, limits["processes"]),
        (resource.RLIMIT_NOFILE, limits["openFiles"]),
        (resource.RLIMIT_FSIZE, limits["diskBytes"]),
        (resource.RLIMIT_DATA, limits["memoryBytes"]),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))
    # When memory runs out it is this one that goes, and not the one who can say so.
    with open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")
    os.nice(NICENESS)


def become_kernel(control, settings):
    os.setsid()
    own_signals()
    # As Python has it: writing to what was closed is an error of the code, and no end of it.
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    keep = control.fileno()
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.dup2(keep, 3)
    become_ordinary(4, settings)
    import kernel

    kernel.serve(socket.socket(fileno=3))
