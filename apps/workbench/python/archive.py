"""The home as a tar stream, packed and unpacked by a child so that the agent never waits for a disk that is full."""

import base64
import gzip
import os
import resource
import sys
import tarfile

# Folders of folders, as deep as a path can be.
RECURSION = 10_000


class Archive:
    def __init__(self, agent):
        self.children = agent.children
        self.home = agent.settings["home"]
        self.limits = agent.settings["limits"]
        self.pid = None
        self.fd = None

    def pack(self):
        self.give_up()
        reader, writer = os.pipe()
        self.pid = self.children.fork()
        if self.pid == 0:
            try:
                os.close(reader)
                self.become_limited()
                kept = Kept(self.limits["diskBytes"])
                with os.fdopen(writer, "wb") as out, gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1) as packed:
                    with tarfile.open(fileobj=packed, mode="w|") as tar:
                        for name in sorted(os.listdir(self.home)):
                            tar.add(os.path.join(self.home, name), arcname=name, filter=kept)
                os._exit(0)
            finally:
                os._exit(1)
        os.close(writer)
        self.fd = reader
        return {}

    def pack_piece(self, length):
        data = os.read(self.fd, length)
        if not data:
            self.finish()
        return {"data": base64.b64encode(data).decode(), "size": len(data)}

    def unpack(self):
        self.give_up()
        reader, writer = os.pipe()
        self.pid = self.children.fork()
        if self.pid == 0:
            try:
                os.close(writer)
                self.become_limited()
                with os.fdopen(reader, "rb") as source, tarfile.open(fileobj=source, mode="r|gz") as tar:
                    tar.extractall(self.home, **({"filter": "tar"} if hasattr(tarfile, "tar_filter") else {}))
                os._exit(0)
            finally:
                os._exit(1)
        os.close(reader)
        self.fd = writer
        return {}

    def unpack_piece(self, data):
        try:
            if data:
                view = memoryview(base64.b64decode(data))
                while view:
                    view = view[os.write(self.fd, view) :]
            else:
                self.finish()
        except BrokenPipeError:
            pass
        return {}

    def finish(self):
        if self.end():
            raise RuntimeError("the files of the home could not be packed or unpacked")

    def give_up(self):
        """What was begun before and never read to its end: its child ends by the closed pipe."""
        if self.fd is not None:
            self.end()

    def end(self):
        os.close(self.fd)
        self.fd = None
        return self.children.wait(self.pid)

    def become_limited(self):
        """What is packed and unpacked is the session's, and may be made to be more than it looks."""
        sys.setrecursionlimit(RECURSION)
        for kind, value in ((resource.RLIMIT_DATA, "memoryBytes"), (resource.RLIMIT_FSIZE, "diskBytes")):
            resource.setrlimit(kind, (self.limits[value],) * 2)


class Kept:
    """Which files go into the archive, up to the size of the disk: holes in files take no room there, but here they do."""

    def __init__(self, most_bytes):
        self.left = most_bytes

    def __call__(self, member):
        if os.path.basename(member.name) in ("__pycache__", ".cache"):
            return None
        self.left -= member.size
        if self.left < 0:
            raise ValueError("the files are larger than the disk")
        return member
