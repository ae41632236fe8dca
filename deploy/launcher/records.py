"""Small JSON files, replaced whole, so that a reader never sees half of one."""

import json
import os


def write(path, value, mode=0o600):
    """Replaces `path` by `value` as JSON."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.write("\n")
    os.replace(temporary, path)


def read(path, default=None):
    """The JSON value of a file; `default` if it is missing or was cut by a crash."""
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return default


def append(path, value):
    """Adds one JSON line."""
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(value, ensure_ascii=False) + "\n")
