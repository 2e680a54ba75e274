"""Runs cells one after another and keeps their variables, as a notebook does."""

import ast
import asyncio
import inspect
import json
import linecache
import os
import re
import signal
import socket
import sys
import traceback
import types
import warnings

import helpers
import pictures
import snapshot

RESULT_CHARACTERS = 40_000
ERROR_CHARACTERS = 20_000
TRACE_FRAMES = 8
NOT_INSTALLED = (
    "[workbench] There is no network to install it from: use what is here, or the operator installs it where sandboxes"
    " are made (on Debian python3-<name>)."
)

NO_SHELL = (
    "[workbench] A cell is plain Python: it knows no !command. Run it with COMPOSIO_REMOTE_BASH_TOOL, which sees the same"
    " files, or with subprocess.run([...], capture_output=True, text=True)."
)
NO_MAGIC = "[workbench] A cell is plain Python: it knows no %magic of IPython. Write what it does in Python."
NO_EVENT_LOOP = (
    "[workbench] A cell has an event loop only while it awaits, and its tasks end with it: await at the top level of the"
    " cell, as in `results = await asyncio.gather(one(), two())`, or put the create_task calls into an async function and"
    " await that."
)
INSTALL = re.compile(r"[!%]\s*(python3? -m )?(pip3?|conda|apt(-get)?)\b")


class Kernel:
    def __init__(self):
        self.count = 0
        # Named __main__, so that what cells define can be pickled and found again.
        self.module = types.ModuleType("__main__")
        self.space = self.module.__dict__
        self.space["__builtins__"] = __builtins__
        sys.modules["__main__"] = self.module
        self.space.update(helpers.PUBLIC)
        self.given = set(self.space)
        self.sources = snapshot.Sources()

    def cell(self, order):
        self.count += 1
        name = f"<cell {self.count}>"
        code = order["code"]
        linecache.cache[name] = (len(code), None, code.splitlines(True), name)
        answer = {"result": "", "error": ""}
        try:
            value = self.execute(ast.parse(code, name), name)
            self.sources.learn(code)
            if value is not None:
                self.space["_"] = value
                answer["result"] = shown(value)
        except KeyboardInterrupt:
            answer["error"] = "KeyboardInterrupt: the cell was interrupted"
        except SystemExit as leaving:
            answer["error"] = "" if leaving.code in (None, 0) else cut(f"SystemExit: {leaving.code}")
        except SyntaxError as error:
            answer["error"] = with_hint(short_traceback(error), hint_for_syntax(code))
        except RuntimeError as error:
            hint = NO_EVENT_LOOP if "no running event loop" in str(error) else ""
            answer["error"] = with_hint(short_traceback(error), hint)
        except ModuleNotFoundError as error:
            answer["error"] = f"{short_traceback(error)}\n{NOT_INSTALLED}"
        except BaseException as error:
            answer["error"] = short_traceback(error)
        finally:
            answer["pictures"] = pictures.save_open_figures()
        return answer

    def execute(self, tree, name):
        """All but the last expression as statements, and that one for its value."""
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        if tree.body:
            self.evaluate(compile(tree, name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT))
        if last is not None:
            return self.evaluate(compile(ast.Expression(last.value), name, "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT))
        return None

    def evaluate(self, code):
        value = eval(code, self.space)
        if code.co_flags & inspect.CO_COROUTINE:
            return asyncio.run(value)
        return value

    def snapshot(self, order):
        own = {name: value for name, value in self.space.items() if self.is_own(name)}
        return snapshot.save(order["path"], own, self.sources, order["maxBytes"])

    def is_own(self, name):
        return name not in self.given and name != "_" and not name.startswith("__")

    def restore(self, order):
        return snapshot.load(order["path"], self.space, self.sources)


def with_hint(text, hint):
    return f"{text}\n{hint}" if hint else text


def hint_for_syntax(code):
    """What notebooks know beside Python, and this one does not."""
    for line in map(str.strip, code.splitlines()):
        if INSTALL.match(line):
            return NOT_INSTALLED
        if line.startswith("!"):
            return NO_SHELL
        if line.startswith("%"):
            return NO_SHELL if re.match(r"%%?(bash|sh|system|sx)\b", line) else NO_MAGIC
    return ""


def shown(value):
    try:
        text = repr(value)
    except Exception as error:
        text = f"<{type(value).__name__}, whose repr failed: {error}>"
    if len(text) <= RESULT_CHARACTERS:
        return text
    return text[:RESULT_CHARACTERS] + f"… ({len(text)} characters in all; print or save what you need)"


def short_traceback(error):
    """The frames of the cells and what they called, without those of this kernel."""
    trace = error.__traceback__
    while trace and not trace.tb_frame.f_code.co_filename.startswith("<cell "):
        trace = trace.tb_next
    lines = traceback.format_exception(type(error), error, trace, limit=-TRACE_FRAMES)
    return cut("".join(lines).strip())


def cut(text):
    """How it begins and how it ends: what failed is named at the end."""
    if len(text) <= ERROR_CHARACTERS:
        return text
    half = ERROR_CHARACTERS // 2
    return f"{text[:half]}\n… ({len(text)} characters in all) …\n{text[-half:]}"


def serve(control):
    sys.path.insert(0, os.getcwd())
    warnings.filterwarnings("ignore", message=".*non-interactive.*")
    kernel = Kernel()
    own = os.getpid()
    ignore_interrupts()
    while True:
        header, fds, _, _ = socket.recv_fds(control, 16, 2)
        if not header:
            os._exit(0)
        order = json.loads(read_exactly(control, int(header)))
        for target, fd in zip((1, 2), fds):
            os.dup2(fd, target)
            os.close(fd)
        sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1 << 16)
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1)
        answer = perform(kernel, order)
        if os.getpid() != own:
            # A child that the code forked and that ran to the end of the cell: the answer is its parent's.
            os._exit(0)
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        # Ends our part of the pipes: what is read after the answer is all there was.
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1), os.dup2(null, 2)
        os.close(null)
        control.sendall(json.dumps(answer).encode() + b"\n")


def perform(kernel, order):
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        return getattr(kernel, order["do"])(order)
    except KeyboardInterrupt:
        return {"result": "", "error": "KeyboardInterrupt: the cell was interrupted", "pictures": []}
    except Exception as error:
        return {"result": "", "error": short_traceback(error), "pictures": []}
    finally:
        ignore_interrupts()


def ignore_interrupts():
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def read_exactly(control, length):
    parts = bytearray()
    while len(parts) < length:
        chunk = control.recv(min(1 << 20, length - len(parts)))
        if not chunk:
            os._exit(0)
        parts += chunk
    return bytes(parts)
