"""Service configuration: the shipped defaults of deploy/config, and what a deployment sets in them.

The shipped files are nested maps of scalars, two spaces a level: the part of YAML that a reader of
40 lines gets right. Python's standard library has no YAML, and the launcher needs nothing else.
"""

import re

from launcher.fault import Fault

_LINE = re.compile(r"^( *)([A-Za-z_][A-Za-z0-9_]*):(?:\s+(.*?))?\s*$")


def parse(text, name):
    """Text -> {'kafka.brokers': '127.0.0.1:19092', ...}, in the order of the file."""
    values = {}
    parents = []
    for number, line in enumerate(text.splitlines(), 1):
        bare = _without_comment(line)
        if not bare.strip():
            continue
        match = _LINE.match(bare)
        if not match or len(match[1]) % 2 or len(match[1]) // 2 > len(parents):
            raise Fault(f"{name}:{number}: expected 'key: value' or 'key:' with two spaces a level")
        parents = parents[:len(match[1]) // 2] + [match[2]]
        if match[3] is None:
            continue
        key = ".".join(parents)
        if key in values:
            raise Fault(f"{name}:{number}: {key} is given twice")
        values[key] = _unquote(match[3])
        parents.pop()
    return values


def _without_comment(line):
    match = re.match(r"""^((?:[^"'#]|"[^"]*"|'[^']*'|(?<! )#)*?)(?:(?:^|\s+)#.*)?$""", line)
    return match[1] if match else line


def _unquote(text):
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text


def merge(shipped, overrides):
    """Sets those of `overrides` that the service knows, which are the keys of its shipped file."""
    return {key: str(overrides.get(key, value)) for key, value in shipped.items()}


def render(values, head):
    """The flat map as nested YAML with every scalar quoted where it must be."""
    lines = [f"# {head}"]
    open_path = []
    for key, value in values.items():
        *path, leaf = key.split(".")
        common = 0
        while common < min(len(path), len(open_path)) and path[common] == open_path[common]:
            common += 1
        for depth in range(common, len(path)):
            lines.append("  " * depth + path[depth] + ":")
        open_path = path
        lines.append("  " * len(path) + f"{leaf}: {_quote(value)}")
    return "\n".join(lines) + "\n"


def _quote(value):
    if re.fullmatch(r"[A-Za-z0-9_./][A-Za-z0-9_./:@+-]*", value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
