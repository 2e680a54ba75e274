"""The first process of a sandbox in which an MCP server runs: starts the program, and carries its lines.

It speaks JSON lines with the workbench over its standard input and output, as agent.py does, and no line of the program
is read here: what it says is a text in a frame. When the program ends this process ends, and with it whatever the
program left behind.
"""

import json
import os
import resource
import selectors
import signal
import sys

import privacy
from children import Children
from proxy import Proxy
from running import become_ordinary, own_signals

# The agent's own descriptors; the program closes them all.
OPEN_FILES = 512
# What the program has not read of its input yet. One that reads nothing is ended.
MOST_UNREAD = 8 * 1024 * 1024
# Of what the program says on its standard error, the end is kept.
LAST_WORDS = 4 * 1024
CHUNK = 1 << 16


class StdioAgent:
    def __init__(self, settings):
        self.settings = settings
        self.selector = selectors.DefaultSelector()
        self.incoming = os.dup(0)
        self.outgoing = os.dup(1)
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1):
            os.dup2(null, standard)
        os.set_blocking(self.incoming, False)
        self.pending = b""
        self.words = b""
        self.children = Children(self)
        self.proxy = Proxy(self)
        self.start()
        self.watch(self.incoming, self.on_input)

    def start(self):
        """The program, with the other ends of three pipes."""
        theirs_in, self.input = os.pipe()
        self.output, theirs_out = os.pipe()
        self.errors, theirs_err = os.pipe()
        self.unread = bytearray()
        self.line = bytearray()
        self.pid = self.children.fork()
        if self.pid == 0:
            try:
                os.setsid()
                own_signals()
                for standard, descriptor in enumerate((theirs_in, theirs_out, theirs_err)):
                    os.dup2(descriptor, standard)
                become_ordinary(3, self.settings)
                program = self.settings["program"]
                os.execve(program["file"], [program["file"], *program["arguments"]], program["environment"])
            except OSError as error:
                os.write(2, f"{error.strerror}: {self.settings['program']['file']}".encode())
            finally:
                os._exit(127)
        # What was said with the program, secrets among it, is not kept here.
        self.settings["program"] = None
        for descriptor in (theirs_in, theirs_out, theirs_err):
            os.close(descriptor)
        for descriptor in (self.input, self.output, self.errors):
            os.set_blocking(descriptor, False)
        self.pidfd = os.pidfd_open(self.pid)
        self.watch(self.output, self.on_output)
        self.watch(self.errors, self.on_errors)
        self.watch(self.pidfd, self.on_end)

    def serve(self):
        self.send({"ready": True, "python": sys.version.split()[0]})
        while True:
            for key, mask in self.selector.select(self.proxy.seconds_to_wait()):
                if key.fd in self.selector.get_map():
                    key.data(mask)
            self.proxy.tick()

    def watch(self, fd, callback, events=selectors.EVENT_READ):
        """Replaces what it was watched for before."""
        self.unwatch(fd)
        self.selector.register(fd, events, callback)

    def unwatch(self, fd):
        try:
            self.selector.unregister(fd)
        except (KeyError, ValueError):
            pass

    def send(self, frame):
        # Not escaped to ASCII: a message of other letters would be three times as long as it may be.
        view = memoryview(json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        while view:
            view = view[os.write(self.outgoing, view) :]

    def on_input(self, _):
        chunk = os.read(self.incoming, 1 << 20)
        if not chunk:
            os._exit(0)
        *lines, self.pending = (self.pending + chunk).split(b"\n")
        for line in lines:
            frame = json.loads(line)
            if "in" in frame:
                self.give(frame["in"])
            else:
                self.proxy.take(frame)

    def give(self, text):
        self.unread += text.encode("utf-8", "surrogatepass") + b"\n"
        if len(self.unread) > MOST_UNREAD:
            return self.end("it does not read what it is sent")
        self.on_room(0)

    def on_room(self, _):
        try:
            del self.unread[: os.write(self.input, self.unread)]
        except BlockingIOError:
            pass
        except OSError:
            # It closed its input: it is about to end, or will be for being silent.
            self.unread.clear()
        if self.unread:
            self.watch(self.input, self.on_room, selectors.EVENT_WRITE)
        else:
            self.unwatch(self.input)

    def on_output(self, _):
        try:
            chunk = os.read(self.output, CHUNK)
        except BlockingIOError:
            return
        if not chunk:
            return self.unwatch(self.output)
        self.take_output(chunk)

    def take_output(self, chunk):
        *lines, rest = chunk.split(b"\n")
        for line in lines:
            self.line += line
            self.check()
            self.tell(bytes(self.line))
            self.line.clear()
        self.line += rest
        self.check()

    def check(self):
        if len(self.line) > self.settings["mostBytes"]:
            self.end("it sent a message larger than %d MB" % (self.settings["mostBytes"] // 2**20))

    def tell(self, line):
        line = line.strip()
        if not line:
            return
        # A program that logs where it should speak: MCP forbids it, many do it all the same.
        if not line.startswith((b"{", b"[")):
            return self.hear(line + b"\n")
        try:
            self.send({"out": line.decode()})
        except UnicodeDecodeError:
            self.end("it sent what is not UTF-8")

    def on_errors(self, _):
        try:
            chunk = os.read(self.errors, CHUNK)
        except BlockingIOError:
            return
        if not chunk:
            return self.unwatch(self.errors)
        self.hear(chunk)

    def hear(self, words):
        self.words = (self.words + words)[-LAST_WORDS:]

    def on_end(self, _):
        # What it wrote before it ended is still in the pipes, where others that it left behind may go on writing.
        for descriptor, take in ((self.output, self.take_output), (self.errors, self.hear)):
            for _ in range(self.settings["mostBytes"] // CHUNK):
                try:
                    chunk = os.read(descriptor, CHUNK)
                except OSError:
                    break
                if not chunk:
                    break
                take(chunk)
        code = os.waitstatus_to_exitcode(self.children.wait(self.pid))
        self.end("it was ended by signal %d" % -code if code < 0 else "it ended with code %d" % code)

    def end(self, reason):
        self.send({"ended": reason, "words": self.words.decode("utf-8", "replace")})
        # The first process of the sandbox: the kernel ends all others with it.
        os._exit(0)


def main(settings):
    # Before the program can run beside it.
    privacy.hide()
    os.umask(0o022)
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    os.chdir(settings["home"])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    StdioAgent(settings).serve()
