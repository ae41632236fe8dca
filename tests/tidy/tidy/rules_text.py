"""Rules about any file: sizes, words, paths, modes; and Python's functions."""

import ast
import re
import stat
import subprocess

from tidy import cpp
from tidy.project import CPP, Finding
from tidy.rules_cpp import COMPLEXITY_MAX, LINES_MAX

FILE_LINES_MAX = 400
COLUMNS_MAX = 100
FILE_BYTES_MAX = 256 * 1024

_UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b|"
                         r"(?i:\bnot (?:yet )?implemented\b)")
_STUB = re.compile(r"\bstub(?:bed)?\b", re.I)
_HOST = re.compile(r"\b(?:registry\.npmjs\.org|repo1?\.maven\.\w+|pypi\.org|deb\.debian\.org|"
                   r"proxy\.golang\.org|crates\.io)\b")
_PATH = re.compile(r"(?<![\w.$}~-])/(?:home|root|work|Users|mnt|media|tmp|opt)/\w+")
_BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp,
             ast.comprehension)


def file_length(file):
    if not file.is_source:
        return
    lines = file.text.count("\n")
    if lines > FILE_LINES_MAX:
        yield Finding("file-length", file.path, 1, f"{lines} lines, at most {FILE_LINES_MAX}")


def columns(file):
    if not file.is_source:
        return
    for number, line in enumerate(file.text.splitlines(), 1):
        if len(line) > COLUMNS_MAX:
            yield Finding("columns", file.path, number,
                          f"{len(line)} columns, at most {COLUMNS_MAX}")


def whitespace(file):
    """Sources end with a newline; no tabs, no carriage returns, nothing after the last word."""
    if not file.is_source or not file.text:
        return
    for number, line in enumerate(file.text.split("\n"), 1):
        if line != line.rstrip() or "\t" in line:
            yield Finding("whitespace", file.path, number, "a tab, or blanks at the end")
    if not file.text.endswith("\n"):
        yield Finding("whitespace", file.path, 1, "no newline at the end of the file")


def unfinished(file):
    """Unfinished work is an issue, not a word in a source. `stub` counts in comments of C++ only,
    as gRPC has a class of that name."""
    if not file.is_source:
        return
    for number, line in enumerate(file.text.splitlines(), 1):
        for match in _UNFINISHED.finditer(line):
            yield Finding("unfinished", file.path, number, f"'{match[0]}'", match[0])
    for number, comment in cpp.comments(file.text) if file.suffix in CPP else ():
        if _STUB.search(comment):
            yield Finding("unfinished", file.path, number, "'stub' in a comment", "stub")


def machine_paths(file):
    """Nothing depends on one machine's folders or on one registry's address."""
    for number, line in enumerate(file.text.splitlines(), 1):
        for pattern in (_PATH, _HOST):
            for match in pattern.finditer(line):
                yield Finding("machine-paths", file.path, number, f"'{match[0]}'", match[0])


def large_files(file):
    size = file.full.stat().st_size
    if size > FILE_BYTES_MAX:
        yield Finding("large-files", file.path, 1,
                      f"{size // 1024} KiB, at most {FILE_BYTES_MAX // 1024}")


def file_modes(file):
    """Scripts can be run; nothing else is marked as a program."""
    if file.full.is_symlink():
        return
    runs = bool(file.full.stat().st_mode & stat.S_IXUSR)
    if runs != file.is_script:
        text = "has #! but cannot be run" if file.is_script else "can be run but has no #!"
        yield Finding("file-modes", file.path, 1, text)


def shell_syntax(file):
    """`sh -n` reads every shell script without running it."""
    if not file.is_script or not re.match(r"#!\s*/bin/sh\b", file.text):
        return
    done = subprocess.run(["sh", "-n", str(file.full)], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        yield Finding("shell-syntax", file.path, 1, done.stdout.strip())


def python_functions(file):
    """The limits of C++ functions hold for Python ones."""
    if file.suffix != ".py":
        return
    for node in ast.walk(ast.parse(file.text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = node.end_lineno - node.lineno + 1
            complexity = _python_complexity(node)
            if lines > LINES_MAX or complexity > COMPLEXITY_MAX:
                yield Finding("python-functions", file.path, node.lineno,
                              f"{node.name} has {lines} lines and complexity {complexity}, "
                              f"at most {LINES_MAX} and {COMPLEXITY_MAX}", node.name)


def _python_complexity(node):
    nodes = list(ast.walk(node))
    choices = sum(len(part.values) - 1 for part in nodes if isinstance(part, ast.BoolOp))
    return 1 + choices + sum(isinstance(part, _BRANCHES) for part in nodes)


def service_readme(file, known):
    """Every service says in a README what it is and which calls it does not answer yet."""
    match = re.fullmatch(r"services/([^/]+)/CMakeLists\.txt", file.path)
    if match and f"services/{match[1]}/README.md" not in known:
        yield Finding("service-readme", file.path, 1, f"services/{match[1]} has no README.md")


RULES = {"file-length": file_length, "columns": columns, "whitespace": whitespace,
         "unfinished": unfinished, "machine-paths": machine_paths, "large-files": large_files,
         "file-modes": file_modes, "shell-syntax": shell_syntax,
         "python-functions": python_functions}
WHOLE = {"service-readme": service_readme}
