"""Figures that a cell leaves open become files, as a notebook would show them."""

import os
import sys
import time

FOLDER = "/mnt/files/pictures"
MOST = 20


def save_open_figures():
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    saved = []
    try:
        numbers = pyplot.get_fignums()
        for number in numbers[:MOST]:
            os.makedirs(FOLDER, exist_ok=True)
            path = f"{FOLDER}/{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns() % 10**6:06d}-{number}.png"
            pyplot.figure(number).savefig(path, bbox_inches="tight")
            saved.append(path)
        if numbers:
            pyplot.close("all")
    except (Exception, KeyboardInterrupt) as error:
        print(f"[workbench] A figure could not be saved: {error}", file=sys.stderr)
    return saved
