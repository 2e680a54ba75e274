"""The only way out of an MCP server's sandbox: an HTTP proxy on its loopback, whose connections the workbench makes.

A tunnel is a connection of a program to this proxy, and one of the workbench to the host that was asked for. Which hosts
may be asked for is the workbench's to say; what travels is carried as it is, each side no further ahead of the other
than its window.
"""

import base64
import selectors
import socket
import time

MOST_TUNNELS = 32
HEAD_BYTES = 16 * 1024
# A program has so long for the head of its request.
HEAD_SECONDS = 10.0
WINDOW = 256 * 1024
CHUNK = 32 * 1024


class Proxy:
    def __init__(self, agent):
        self.agent = agent
        self.tunnels = {}
        self.next = 0
        self.listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.listener.bind(("127.0.0.1", agent.settings["proxyPort"]))
        self.listener.listen(64)
        self.listener.setblocking(False)
        agent.watch(self.listener.fileno(), self.on_connection)

    def on_connection(self, _):
        try:
            connection, _ = self.listener.accept()
        except OSError:
            return
        connection.setblocking(False)
        if len(self.tunnels) >= MOST_TUNNELS:
            return connection.close()
        self.next += 1
        self.tunnels[self.next] = Tunnel(self, self.next, connection)

    def take(self, frame):
        tunnel = self.tunnels.get(frame["tunnel"])
        if tunnel:
            tunnel.take(frame)

    def seconds_to_wait(self):
        return 1.0 if any(tunnel.is_asking for tunnel in self.tunnels.values()) else None

    def tick(self):
        now = time.monotonic()
        for tunnel in [tunnel for tunnel in self.tunnels.values() if tunnel.is_asking]:
            if now - tunnel.since > HEAD_SECONDS:
                tunnel.close()


class Tunnel:
    def __init__(self, proxy, number, connection):
        self.proxy = proxy
        self.agent = proxy.agent
        self.number = number
        self.connection = connection
        self.since = time.monotonic()
        self.is_asking = True
        self.is_open = False
        # Of a request that is not whole yet.
        self.head = bytearray()
        # What goes to the program.
        self.outgoing = bytearray()
        # What may still be sent to the workbench.
        self.window = WINDOW
        self.is_ending = False
        # Of the program's own, to be sent when the tunnel is open.
        self.first = b""
        self.is_connect = False
        self.watch()

    def watch(self):
        """For what there is to do now."""
        events = 0
        if self.is_asking or (self.is_open and self.window > 0):
            events |= selectors.EVENT_READ
        if self.outgoing:
            events |= selectors.EVENT_WRITE
        fd = self.connection.fileno()
        if events:
            self.agent.watch(fd, self.on_event, events)
        else:
            self.agent.unwatch(fd)

    def on_event(self, mask):
        if mask & selectors.EVENT_WRITE:
            self.write()
        if mask & selectors.EVENT_READ and self.number in self.proxy.tunnels:
            self.read()

    def read(self):
        try:
            chunk = self.connection.recv(min(CHUNK, self.window))
        except BlockingIOError:
            return
        except OSError:
            chunk = b""
        if self.is_asking:
            self.ask(chunk)
        elif not chunk:
            # Half of a connection is not kept: who asks by HTTP waits for the answer.
            self.agent.send({"tunnel": self.number, "end": True})
            self.close(told=True)
        else:
            self.pass_on(chunk)

    def pass_on(self, chunk):
        self.window -= len(chunk)
        self.agent.send({"tunnel": self.number, "data": base64.b64encode(chunk).decode()})
        self.watch()

    def ask(self, chunk):
        if not chunk:
            return self.close()
        self.head += chunk
        end = self.head.find(b"\r\n\r\n")
        if end < 0:
            if len(self.head) > HEAD_BYTES:
                self.refuse("431 Request Header Fields Too Large", "its head is too long")
            return
        head, rest = bytes(self.head[:end]), bytes(self.head[end + 4 :])
        self.head.clear()
        try:
            target, self.first, self.is_connect = asked(head, rest)
        except ValueError as error:
            return self.refuse("400 Bad Request", str(error))
        self.is_asking = False
        self.agent.unwatch(self.connection.fileno())
        self.agent.send({"tunnel": self.number, "open": target})

    def refuse(self, status, why):
        self.is_asking = False
        self.is_ending = True
        self.agent.hear(f"patchbay: a connection was refused: {why}\n".encode())
        body = f"{why}\n".encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        self.outgoing += head.encode() + body
        self.write()

    def take(self, frame):
        if "refused" in frame:
            return self.refuse("403 Forbidden" if frame["isForbidden"] else "502 Bad Gateway", frame["refused"])
        if "opened" in frame:
            self.is_open = True
            if self.is_connect:
                self.outgoing += b"HTTP/1.1 200 Connection established\r\n\r\n"
            first, self.first = self.first, b""
            if first:
                self.pass_on(first)
            return self.write()
        if "data" in frame:
            self.outgoing += base64.b64decode(frame["data"])
            return self.write()
        if "taken" in frame:
            self.window += frame["taken"]
            return self.watch()
        self.is_ending = True
        self.write()

    def write(self):
        try:
            sent = self.connection.send(self.outgoing) if self.outgoing else 0
        except BlockingIOError:
            sent = 0
        except OSError:
            return self.close()
        del self.outgoing[:sent]
        if sent and self.is_open:
            self.agent.send({"tunnel": self.number, "taken": sent})
        if self.is_ending and not self.outgoing:
            return self.close(told=True)
        self.watch()

    def close(self, told=False):
        if self.proxy.tunnels.pop(self.number, None) is None:
            return
        self.agent.unwatch(self.connection.fileno())
        self.connection.close()
        if not told and not self.is_asking:
            self.agent.send({"tunnel": self.number, "end": True})


def asked(head, rest):
    """Of a request to a proxy: host and port, what is sent there first, and whether it is CONNECT (RFC 9110, 9.3.6)."""
    first, *fields = head.decode("latin-1").split("\r\n")
    parts = first.split(" ")
    if len(parts) != 3:
        raise ValueError("it is no request of HTTP")
    method, target, version = parts
    if method == "CONNECT":
        return with_port(target, 443), rest, True
    if not target.startswith("http://"):
        raise ValueError("it is no request to a proxy")
    host, slash, path = target[len("http://") :].partition("/")
    # One request a connection: the next one might be for another host.
    kept = [field for field in fields if field.split(":")[0].strip().lower() not in ("connection", "proxy-connection", "keep-alive")]
    lines = [f"{method} {slash}{path} {version}" if slash else f"{method} / {version}", *kept, "Connection: close"]
    return with_port(host, 80), "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + rest, False


def with_port(host, port):
    if "@" in host or not host or len(host) > 300:
        raise ValueError("it names no host")
    return host if host.rsplit("]", 1)[-1].count(":") == 1 else f"{host}:{port}"
