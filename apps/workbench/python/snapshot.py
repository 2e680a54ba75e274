"""Variables for the time in which a sandbox is put away.

Modules are imported again, functions and classes of cells are defined again from their source, and
everything else is pickled. What fits none of these is named.
"""

import ast
import importlib
import os
import pickle
import types


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


def save(path, variables, sources, most_bytes):
    modules, definitions, values, lost = {}, {}, {}, {}
    for name, value in variables.items():
        if isinstance(value, types.ModuleType):
            modules[name] = value.__name__
        elif is_defined_in_cell(name, value, sources):
            definitions[name] = sources.texts[name]
        else:
            values[name] = value
    order = [name for name in sources.texts if name in definitions]
    pickled = pickle_all(values, lost)
    kept = {
        "modules": modules,
        "definitions": [(name, definitions[name]) for name in order],
        "values": pickled,
    }
    data = pickle.dumps(kept)
    if len(data) > most_bytes:
        for name in values:
            lost.setdefault(name, "all values together are too large to keep")
        data = pickle.dumps({**kept, "values": pickle.dumps({})})
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    return {"kept": sorted(name for name in variables if name not in lost), "lost": lost, "size": len(data)}


def is_defined_in_cell(name, value, sources):
    return (
        isinstance(value, (types.FunctionType, type))
        and name in sources.texts
        and getattr(value, "__module__", None) == "__main__"
        and getattr(value, "__name__", None) == name
    )


def pickle_all(values, lost):
    """In one piece, so that two variables for one object still are after it; without those that cannot be pickled."""
    try:
        return pickle.dumps(values)
    except Exception:
        good = {}
    for name, value in values.items():
        try:
            pickle.dumps(value)
            good[name] = value
        except Exception as error:
            lost[name] = f"{type(value).__name__}: {error}"[:200]
    return pickle.dumps(good)


def load(path, space, sources):
    with open(path, "rb") as file:
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
    attempt("the other variables", lambda: space.update(pickle.loads(kept["values"])))
    for name, text in again:
        attempt(name, lambda text=text: define(text, space, sources))
    return {"kept": [], "lost": lost, "size": 0}


def define(text, space, sources):
    exec(compile(text, "<cell restored>", "exec"), space)
    sources.learn(text)
