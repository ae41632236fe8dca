"""Reading the logs of a deployment."""

import os
import sys
import time

from launcher.fault import Fault

FOLLOW_EVERY_S = 0.2


def tail(path, lines=12):
    """The last lines of a log, or an empty text if there is none."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return "".join(file.readlines()[-lines:])
    except OSError:
        return ""


def choose(layout, name):
    """The log files to show: one service's, or all."""
    found = sorted(layout.logs.glob("*.log"))
    if name is None:
        return found
    wanted = [path for path in found if path.stem == name]
    if not wanted:
        known = ", ".join(path.stem for path in found) or "none yet"
        raise Fault(f"no log of '{name}' ({layout.name}); there are: {known}", 2)
    return wanted


def show(paths, lines, out=sys.stdout):
    """Prints the last lines of each."""
    for path in paths:
        if len(paths) > 1:
            print(f"==> {path.name}", file=out)
        out.write(tail(path, lines))


def follow(paths, out=sys.stdout):
    """Prints what is added, until interrupted. Starts over in a log that was rotated."""
    places = {path: path.stat().st_size for path in paths}
    while True:
        for path, place in places.items():
            places[path] = _print_from(path, place, len(paths) > 1, out)
        time.sleep(FOLLOW_EVERY_S)


def _print_from(path, place, named, out):
    size = os.path.getsize(path)
    if size < place:
        place = 0
    if size == place:
        return place
    with open(path, "rb") as file:
        file.seek(place)
        text = file.read(size - place)
    for line in text.decode(errors="replace").splitlines(keepends=True):
        out.write(f"{path.stem}: {line}" if named else line)
    out.flush()
    return size
