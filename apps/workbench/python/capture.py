"""The output of a cell or a command: its beginning for the answer, the whole in a file, and no more memory than that."""

import os
import time

SHOWN_CHARACTERS = 40_000
KEPT_BYTES = 8 * 1024 * 1024
FOLDER = "/mnt/files/.composio/output"
# A character takes four bytes at most.
HEAD_BYTES = SHOWN_CHARACTERS * 4


class Capture:
    def __init__(self, agent, name):
        self.agent = agent
        self.name = name
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.reader, False)
        self.head = bytearray()
        self.size = 0
        self.lines = 0
        self.ends_in_line = False
        self.file = None
        self.path = None
        agent.watch(self.reader, self.on_data)

    def let_go(self):
        """Closes our own end for writing, so that the last other one to close ends the pipe."""
        if self.writer is not None:
            os.close(self.writer)
            self.writer = None

    def on_data(self):
        try:
            chunk = os.read(self.reader, 1 << 16)
        except BlockingIOError:
            return False
        if not chunk:
            self.agent.unwatch(self.reader)
            return False
        self.take(chunk)
        return True

    def take(self, chunk):
        self.lines += chunk.count(b"\n")
        self.ends_in_line = not chunk.endswith(b"\n")
        self.size += len(chunk)
        if len(self.head) < HEAD_BYTES:
            self.head += chunk
            if len(self.head) < HEAD_BYTES:
                return
            self.keep(bytes(self.head))
            del self.head[HEAD_BYTES:]
        else:
            self.keep(chunk)

    def keep(self, chunk):
        """A full disk must not stop the answer: then the file just ends earlier."""
        try:
            if self.file is None:
                os.makedirs(FOLDER, exist_ok=True)
                self.path = f"{FOLDER}/{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns() % 10**6:06d}-{self.name}.txt"
                self.file = open(self.path, "xb")
            room = KEPT_BYTES - self.file.tell()
            if room > 0:
                self.file.write(chunk[:room])
                self.file.flush()
        except OSError:
            pass

    def close(self):
        """Reads what is already in the pipe; a process that still holds its other end is not waited for."""
        self.let_go()
        for _ in range(64):
            if not self.on_data():
                break
        self.agent.unwatch(self.reader)
        os.close(self.reader)
        text = self.head.decode("utf-8", "replace")
        if len(text) > SHOWN_CHARACTERS and self.file is None:
            self.keep(bytes(self.head))
        if self.file:
            self.file.close()
        return {
            "text": text[:SHOWN_CHARACTERS],
            "lines": self.lines + (1 if self.ends_in_line else 0),
            "bytes": self.size,
            "path": self.path if self.size and (len(text) > SHOWN_CHARACTERS or self.path) else None,
        }
