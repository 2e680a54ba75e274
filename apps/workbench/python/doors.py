"""Where helper functions knock: a socket inside the sandbox, handed on to the workbench frame by frame."""

import json
import socket

ADDRESS = "\0patchbay-session"
LONGEST_REQUEST = 6 * 1024 * 1024


class HelperDoor:
    def __init__(self, agent):
        self.agent = agent
        self.waiting = {}
        self.next = 0
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
        buffer = bytearray()
        self.agent.watch(connection.fileno(), lambda: self.on_data(connection, buffer))

    def on_data(self, connection, buffer):
        try:
            chunk = connection.recv(1 << 16)
        except OSError:
            chunk = b""
        buffer += chunk
        if not chunk or len(buffer) > LONGEST_REQUEST:
            return self.close(connection)
        if not buffer.endswith(b"\n"):
            return
        try:
            call = json.loads(buffer)
            frame = {"name": str(call["name"]), "arguments": dict(call["arguments"])}
        except (ValueError, KeyError, TypeError):
            return self.close(connection)
        buffer.clear()
        self.agent.unwatch(connection.fileno())
        self.next += 1
        self.waiting[self.next] = connection
        self.agent.send({"helper": self.next, **frame})

    def answer(self, frame):
        connection = self.waiting.pop(frame["helper"], None)
        if connection is None:
            return
        try:
            connection.setblocking(True)
            connection.settimeout(5)
            connection.sendall(json.dumps({"result": frame["result"], "error": frame["error"]}).encode() + b"\n")
        except OSError:
            pass
        connection.close()

    def close(self, connection):
        self.agent.unwatch(connection.fileno())
        connection.close()
