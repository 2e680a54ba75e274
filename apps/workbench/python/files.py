"""Files for the workbench outside. They are opened in here, with the sandbox's own rights: a link leads nowhere else."""

import base64
import os
import shutil
import stat

SKIPPED = {"__pycache__", ".cache"}


def listing(roots, limit):
    """Every regular file and link below the roots. Past the limit, `complete` is false."""
    found = []
    for root in roots:
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if name not in SKIPPED)
            links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
            for name in sorted(names) + links:
                path = os.path.join(folder, name)
                try:
                    path.encode("utf-8")
                    entry = describe(path)
                except (OSError, UnicodeEncodeError):
                    continue
                if entry is None:
                    continue
                if len(found) == limit:
                    return {"files": found, "complete": False}
                found.append(entry)
    return {"files": found, "complete": True}


def describe(path):
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        return {"path": path, "size": 0, "modified": status.st_mtime_ns // 1000, "mode": 0, "target": os.readlink(path)}
    if not stat.S_ISREG(status.st_mode):
        return None
    return {
        "path": path,
        "size": status.st_size,
        "modified": status.st_mtime_ns // 1000,
        "mode": stat.S_IMODE(status.st_mode) & 0o777,
        "target": None,
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
    """Writes a piece; the first one begins the file anew, the last one gives it its time and mode."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if frame.get("target") is not None:
        if os.path.lexists(path):
            os.unlink(path)
        os.symlink(frame["target"], path)
        return {}
    with open(path, "r+b" if frame["offset"] else "wb") as file:
        file.seek(frame["offset"])
        file.write(base64.b64decode(frame["data"]))
    if frame.get("modified") is not None:
        os.chmod(path, frame["mode"])
        os.utime(path, ns=(frame["modified"] * 1000,) * 2)
    return {}


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path, ignore_errors=True)
    elif os.path.lexists(path):
        os.unlink(path)
    return {}
