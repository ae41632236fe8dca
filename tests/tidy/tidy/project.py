"""The project's files as the rules see them, and what a rule reports."""

import os
import pathlib
import subprocess

SKIPPED = {"build", ".paidan", ".git", "__pycache__", "node_modules"}
CPP = (".cpp", ".hpp")
SCRIPTS = (".py", ".sh")
SOURCES = CPP + SCRIPTS + (".cmake", ".proto")


class Finding:
    """One breach: the rule, where, and what. `name` is what an exception may refer to."""

    def __init__(self, rule, path, line, text, name=""):
        self.rule = rule
        self.path = path
        self.line = line
        self.text = text
        self.name = name

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


class File:
    """A file of the project: `path` is relative to `root`, which lets samples pose as any file."""

    def __init__(self, root, path):
        self.root = pathlib.Path(root)
        self.path = path
        self.full = self.root / path
        self._text = None

    @property
    def suffix(self):
        return pathlib.PurePath(self.path).suffix

    @property
    def name(self):
        return pathlib.PurePath(self.path).name

    @property
    def text(self):
        """The content; empty for what is not UTF-8 text."""
        if self._text is None:
            try:
                self._text = self.full.read_bytes().decode()
            except UnicodeDecodeError:
                self._text = ""
            if "\0" in self._text:
                self._text = ""
        return self._text

    @property
    def is_script(self):
        """A program for an interpreter, whatever its name."""
        return self.full.stat().st_size > 2 and self.full.read_bytes()[:2] == b"#!"

    @property
    def is_source(self):
        return self.suffix in SOURCES or self.name == "CMakeLists.txt" or self.is_script


def files(root):
    """Every tracked file; in an unpacked archive, every file outside build folders."""
    if not (pathlib.Path(root) / ".git").exists():
        return walked(root)
    shown = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], stdout=subprocess.PIPE,
                           check=True)
    return _existing(root, shown.stdout.decode().split("\0")[:-1])


def walked(root):
    """Every file outside build folders, tracked or not."""
    return _existing(root, sorted(_walk(root)))


def _existing(root, names):
    found = [File(root, name) for name in names]
    return [file for file in found if file.full.is_file() and not _is_sample(file.path)]


def _walk(root):
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in SKIPPED]
        yield from (os.path.relpath(os.path.join(folder, name), root) for name in names)


def _is_sample(path):
    """The samples break the rules on purpose."""
    return path.startswith("tests/tidy/samples/")
