"""The first process of a sandbox: serves the workbench's requests and looks after the kernel.

It speaks JSON lines over its standard input and output. One thread and one selector, so that it may fork
at any time. The code that runs beside it cannot reach into it (privacy.py); the workbench trusts no frame even so.
"""

import json
import os
import resource
import selectors
import signal
import sys
import time

import files
import privacy
from archive import Archive
from children import Children
from helper_server import HelperServer
from running import Bash, Kernel

# The agent's own descriptors; a child closes them all.
OPEN_FILES = 1024


class Agent:
    def __init__(self, settings):
        self.settings = settings
        self.selector = selectors.DefaultSelector()
        self.running = None
        self.pending = b""
        # Code in the sandbox inherits descriptors of its own, never these two.
        self.incoming = os.dup(0)
        self.outgoing = os.dup(1)
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1):
            os.dup2(null, standard)
        os.set_blocking(self.incoming, False)
        self.children = Children(self)
        self.archive = Archive(self)
        self.kernel = Kernel(self)
        self.helpers = HelperServer(self)
        self.watch(self.incoming, self.on_input)

    def serve(self):
        self.send({"ready": True, "python": sys.version.split()[0]})
        while True:
            for key, _ in self.selector.select(self.seconds_to_wait()):
                # An earlier callback of the same round may have closed it.
                if key.fd in self.selector.get_map():
                    key.data()
            if self.running:
                self.running.tick(time.monotonic())
            self.helpers.tick()

    def seconds_to_wait(self):
        if self.running is None:
            return 1.0 if self.helpers.is_full else None
        return max(0.0, min(1.0, self.running.next_tick() - time.monotonic()))

    def watch(self, fd, callback, events=selectors.EVENT_READ):
        self.selector.register(fd, events, callback)

    def unwatch(self, fd):
        try:
            self.selector.unregister(fd)
        except KeyError:
            pass

    def send(self, frame):
        self.send_line(as_line(frame))

    def send_line(self, line):
        view = memoryview(line)
        while view:
            view = view[os.write(self.outgoing, view) :]

    def on_input(self):
        chunk = os.read(self.incoming, 1 << 20)
        if not chunk:
            os._exit(0)
        *lines, self.pending = (self.pending + chunk).split(b"\n")
        for line in lines:
            frame = json.loads(line)
            if "helper" in frame:
                self.helpers.answer(frame)
            else:
                self.on_request(frame)

    def on_request(self, frame):
        try:
            answer = getattr(self, "do_" + frame["do"])(frame)
        except Exception as error:  # whatever it is, the workbench waits for an answer
            self.fail(frame["id"], f"{type(error).__name__}: {error}")
        else:
            if answer is not None:
                self.answer(frame["id"], answer)

    def answer(self, request, value):
        self.send({"id": request, "ok": value})

    def fail(self, request, reason):
        self.send({"id": request, "fail": reason})

    def begin(self, work):
        if self.running:
            raise RuntimeError("something is running already")
        self.running = work

    def finish(self, request, value):
        self.running = None
        self.answer(request, value)

    def do_cell(self, frame):
        self.begin(self.kernel.run(frame))

    def do_bash(self, frame):
        self.begin(Bash(self, frame))

    def do_snapshot(self, frame):
        self.begin(self.kernel.run(frame))

    def do_restore(self, frame):
        self.begin(self.kernel.run(frame))

    def do_list(self, frame):
        return files.listing(frame["root"], frame["limit"])

    def do_stat(self, frame):
        entry = files.describe(frame["path"]) if os.path.lexists(frame["path"]) else None
        return {"files": [entry] if entry else [], "complete": True}

    def do_read(self, frame):
        return files.read(frame["path"], frame["offset"], frame["length"])

    def do_write(self, frame):
        return files.write(frame["path"], frame)

    def do_remove(self, frame):
        return files.remove(frame["path"])

    def do_pack(self, frame):
        return self.archive.pack()

    def do_packPiece(self, frame):
        return self.archive.pack_piece(frame["length"])

    def do_unpack(self, frame):
        return self.archive.unpack()

    def do_unpackPiece(self, frame):
        return self.archive.unpack_piece(frame["data"])

    def clear_processes(self):
        """Ends everything in the sandbox but this process and its init, however many there are."""
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            pass


def as_line(frame):
    """@raise ValueError for a NaN or Infinity, which JSON does not have."""
    return json.dumps(frame, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def main(settings):
    # Before anything of the session can run beside it.
    privacy.hide()
    os.umask(0o022)
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    for name, value in settings["environment"].items():
        os.environ[name] = value
    for folder in settings["folders"]:
        os.makedirs(folder, exist_ok=True)
    os.chdir(settings["home"])
    # A signal that code in here sends must not end the one who answers for it.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    Agent(settings).serve()
