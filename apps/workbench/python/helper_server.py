"""The socket that helper functions connect to inside the sandbox; their calls are forwarded to the workbench as frames."""

import json
import selectors
import socket
import time

ADDRESS = "\0patchbay-session"
LONGEST_REQUEST = 6 * 1024 * 1024
# The workbench ends a sandbox that asks for more at once; later connections wait.
MOST_OPEN = 64
# The workbench takes no frame that is nested deeper.
DEEPEST = 100
MOST_ARGUMENTS = 20
# A connection that sends nothing is closed when others wait.
SILENT_SECONDS = 2.0


class HelperServer:
    def __init__(self, agent):
        self.agent = agent
        self.open = set()
        self.waiting = {}
        self.next = 0
        self.is_full = False
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(ADDRESS)
        self.listener.listen(128)
        self.listener.setblocking(False)
        agent.watch(self.listener.fileno(), self.on_connection)

    def on_connection(self):
        try:
            connection, _ = self.listener.accept()
        except OSError:
            return
        connection.setblocking(False)
        self.open.add(Call(self, connection))
        if len(self.open) >= MOST_OPEN:
            self.is_full = True
            self.agent.unwatch(self.listener.fileno())

    def on_close(self, call):
        self.open.discard(call)
        if self.is_full:
            self.is_full = False
            self.agent.watch(self.listener.fileno(), self.on_connection)

    def tick(self):
        if self.is_full:
            before = time.monotonic() - SILENT_SECONDS
            for call in [call for call in self.open if call.is_asking and call.since < before]:
                call.close()

    def send(self, call, line):
        self.next += 1
        self.waiting[self.next] = call
        self.agent.send_line(b'{"helper":%d,%s' % (self.next, line))

    def answer(self, frame):
        call = self.waiting.pop(frame["helper"], None)
        if call:
            call.reply(frame["result"], frame["error"])


class Call:
    """One question and its answer. Neither its reader nor its writer is ever waited for: they are the session's code."""

    def __init__(self, server, connection):
        self.server = server
        self.connection = connection
        self.buffer = bytearray()
        self.since = time.monotonic()
        self.is_asking = True
        server.agent.watch(connection.fileno(), self.on_data)

    def on_data(self):
        try:
            chunk = self.connection.recv(1 << 16)
        except OSError:
            chunk = b""
        if not chunk:
            return self.close()
        self.since = time.monotonic()
        self.buffer += chunk
        if len(self.buffer) > LONGEST_REQUEST:
            self.refuse(f"the question is larger than {LONGEST_REQUEST // 2**20} MB")
        elif chunk.endswith(b"\n"):
            self.ask()

    def ask(self):
        try:
            line = question(json.loads(self.buffer))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            return self.refuse(str(error))
        self.buffer = None
        self.is_asking = False
        self.server.agent.unwatch(self.connection.fileno())
        self.server.send(self, line)

    def refuse(self, why):
        self.is_asking = False
        self.server.agent.unwatch(self.connection.fileno())
        self.reply(None, f"The workbench refused the question: {why[:500]}")

    def reply(self, result, error):
        self.buffer = memoryview(json.dumps({"result": result, "error": error}).encode() + b"\n")
        self.server.agent.watch(self.connection.fileno(), self.on_room, selectors.EVENT_WRITE)

    def on_room(self):
        try:
            self.buffer = self.buffer[self.connection.send(self.buffer) :]
        except BlockingIOError:
            return
        except OSError:
            return self.close()
        if not self.buffer:
            self.close()

    def close(self):
        self.server.agent.unwatch(self.connection.fileno())
        self.connection.close()
        self.server.on_close(self)


def question(call):
    """The end of a frame that the workbench will take. @raise ValueError with the reason when it would not."""
    name, arguments = str(call["name"])[:50], dict(call["arguments"])
    if len(arguments) > MOST_ARGUMENTS:
        raise ValueError("it has too many arguments")
    if is_deeper(arguments, DEEPEST):
        raise ValueError(f"it is nested deeper than {DEEPEST} levels")
    frame = json.dumps({"name": name, "arguments": arguments}, allow_nan=False, separators=(",", ":")).encode() + b"\n"
    if len(frame) > LONGEST_REQUEST:
        raise ValueError(f"it is larger than {LONGEST_REQUEST // 2**20} MB")
    return frame[1:]


def is_deeper(value, most):
    level = [value]
    for _ in range(most):
        level = [
            item
            for container in level
            for item in (container.values() if isinstance(container, dict) else container)
            if isinstance(item, (dict, list))
        ]
        if not level:
            return False
    return True
