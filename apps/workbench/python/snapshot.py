"""Variables of a sandbox, saved while it is suspended.

Modules are imported again, functions and classes of cells are defined again from their source, and
everything else is pickled. What fits none of these is named.
"""

import ast
import importlib
import os
import pickle
import types

TOO_LARGE = "all values together are too large to keep"


class Sources:
    """The newest source of every function and class that cells defined at their top level."""

    def __init__(self):
        self.texts = {}

    def learn(self, code):
        for node in ast.parse(code).body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                first = min([node.lineno] + [item.lineno for item in node.decorator_list])
                self.texts.pop(node.name, None)
                self.texts[node.name] = "\n".join(code.splitlines()[first - 1 : node.end_lineno])


class TooLarge(Exception):
    pass


class Limited:
    """A file that takes so many bytes and no more, so that nothing is ever written twice as large as it may be."""

    def __init__(self, file, most_bytes):
        self.file = file
        self.left = most_bytes

    def write(self, data):
        size = memoryview(data).nbytes
        if size > self.left:
            raise TooLarge
        self.left -= size
        return self.file.write(data)


class Nowhere:
    def write(self, data):
        return memoryview(data).nbytes


def save(path, variables, sources, most_bytes):
    modules, definitions, values = {}, {}, {}
    for name, value in variables.items():
        if isinstance(value, types.ModuleType):
            modules[name] = value.__name__
        elif is_defined_in_cell(name, value, sources):
            definitions[name] = sources.texts[name]
        else:
            values[name] = value
    order = [name for name in sources.texts if name in definitions]
    head = {"modules": modules, "definitions": [(name, definitions[name]) for name in order]}
    os.makedirs(os.path.dirname(path), exist_ok=True)
    lost = write_most(path, head, values, most_bytes)
    return {"lost": lost}


def write_most(path, head, values, most_bytes):
    """In one piece, so that two variables for one object still are after it; without those that cannot be kept."""
    lost = {}
    while True:
        good = {name: value for name, value in values.items() if name not in lost}
        try:
            write(path, head, good, most_bytes)
            return lost
        except Exception as error:
            if not good:
                raise
            is_large = isinstance(error, (TooLarge, MemoryError, OSError))
            found = {} if is_large else unpicklable(good)
            lost.update(found or dict.fromkeys(good, TOO_LARGE if is_large else str(error)[:200]))


def write(path, head, values, most_bytes):
    """Straight into the file: a copy in memory could be what is too much for the sandbox."""
    with open(path, "wb") as file:
        pickle.dump(head, file)
        pickle.dump(values, Limited(file, most_bytes))


def unpicklable(values):
    lost = {}
    for name, value in values.items():
        try:
            pickle.dump(value, Nowhere())
        except Exception as error:
            lost[name] = f"{type(value).__name__}: {error}"[:200]
    return lost


def is_defined_in_cell(name, value, sources):
    return (
        isinstance(value, (types.FunctionType, type))
        and name in sources.texts
        and getattr(value, "__module__", None) == "__main__"
        and getattr(value, "__name__", None) == name
    )


def load(path, space, sources):
    file = open(path, "rb")
    kept = pickle.load(file)
    lost = {}

    def attempt(name, work):
        try:
            work()
        except Exception as error:
            lost[name] = f"{type(error).__name__}: {error}"[:200]

    for name, module in kept["modules"].items():
        attempt(name, lambda name=name, module=module: space.__setitem__(name, importlib.import_module(module)))
    # A definition may need a value, as of a default; a value may need a class. Whatever failed is tried once more.
    again = []
    for name, text in kept["definitions"]:
        try:
            define(text, space, sources)
        except Exception:
            again.append((name, text))
    attempt("the other variables", lambda: space.update(pickle.load(file)))
    for name, text in again:
        attempt(name, lambda text=text: define(text, space, sources))
    return {"lost": lost}


def define(text, space, sources):
    exec(compile(text, "<cell restored>", "exec"), space)
    sources.learn(text)
