"""Files for the workbench outside. They are opened in here, with the sandbox's own rights: a link leads nowhere else."""

import base64
import json
import os
import shutil
import stat
import time

SKIPPED = {"__pycache__", ".cache"}
# Of one listing: what is beyond is not listed, and the listing says that it is not whole.
MOST_FOLDERS = 10_000
DEEPEST = 100
MOST_CHARACTERS = 2 * 1024 * 1024
LONGEST_SECONDS = 10.0
# Times that JSON's readers still tell apart, in microseconds.
FURTHEST_TIME = 2**52


class Full(Exception):
    pass


class Listing:
    def __init__(self, limit):
        self.files = []
        self.limit = limit
        self.characters = 0
        self.folders = 0
        self.until = time.monotonic() + LONGEST_SECONDS
        self.complete = True

    def walk(self, root):
        waiting = [(root, 0)]
        while waiting:
            folder, depth = waiting.pop()
            self.folders += 1
            if self.folders > MOST_FOLDERS:
                raise Full
            below = []
            try:
                # As they come, and not sorted: a folder may hold more names than there is memory.
                with os.scandir(folder) as entries:
                    for entry in entries:
                        if entry.is_dir(follow_symlinks=False):
                            if entry.name not in SKIPPED:
                                below.append((entry.path, depth + 1))
                                if len(below) > MOST_FOLDERS:
                                    raise Full
                        else:
                            self.take(entry.path)
            except OSError:
                # Gone meanwhile, or a path that is too long for the kernel.
                self.complete = self.complete and not os.path.lexists(folder)
            if depth == DEEPEST and below:
                self.complete = False
            else:
                waiting += sorted(below, reverse=True)

    def take(self, path):
        if time.monotonic() > self.until:
            raise Full
        try:
            path.encode("utf-8")
            entry = describe(path)
        except (OSError, UnicodeEncodeError):
            return
        if entry is None:
            return
        self.characters += len(json.dumps(path))
        if len(self.files) >= self.limit or self.characters > MOST_CHARACTERS:
            raise Full
        self.files.append(entry)


def listing(root, limit):
    """Every regular file and link below the root. Past a limit, `complete` is false."""
    found = Listing(limit)
    try:
        found.walk(root)
    except Full:
        found.complete = False
    return {"files": found.files, "complete": found.complete}


def describe(path):
    status = os.lstat(path)
    is_link = stat.S_ISLNK(status.st_mode)
    if not is_link and not stat.S_ISREG(status.st_mode):
        return None
    return {
        "path": path,
        "size": 0 if is_link else status.st_size,
        "modified": max(-FURTHEST_TIME, min(FURTHEST_TIME, status.st_mtime_ns // 1000)),
        "isLink": is_link,
    }


def read(path, offset, length):
    # Non-blocking: a pipe in the place of a file must not make us wait for a writer.
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(f"{path} is not a file")
        return {"data": base64.b64encode(os.pread(fd, length, offset)).decode(), "size": os.fstat(fd).st_size}
    finally:
        os.close(fd)


def write(path, frame):
    """Writes a piece; the first one begins the file again, the last one gives it its time and mode."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if not frame["offset"]:
        make_way(path)
    flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC | (0 if frame["offset"] else os.O_CREAT | os.O_TRUNC)
    with open(os.open(path, flags, 0o666), "wb") as file:
        file.seek(frame["offset"])
        file.write(base64.b64decode(frame["data"]))
    if frame.get("modified") is not None:
        os.chmod(path, frame["mode"])
        os.utime(path, ns=(frame["modified"] * 1000,) * 2)
    return {}


def make_way(path):
    """What code put in the place of a file, such as a pipe without a reader: to open it would block."""
    if os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode):
        remove(path)


def remove(path):
    try:
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path, ignore_errors=True)
        elif os.path.lexists(path):
            os.unlink(path)
    except RecursionError:
        # Folders deeper than that can be removed stay; nothing that we wrote is below them.
        pass
    return {}
