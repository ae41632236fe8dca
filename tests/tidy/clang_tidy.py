#!/usr/bin/env python3
"""Runs clang-tidy on every source of ours that a build folder compiles, several at a time.

What was clean stays clean until the source, a header of ours that it reaches, the settings, the
command line or clang-tidy itself changes: such a file is not looked at again.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.M)


class Sources:
    """Which files of ours a source reaches; generated headers of the build folder included."""

    def __init__(self, root):
        self.root = root
        self.memory = {}

    def digest(self, path, folders):
        """One hash over the file and all it includes from the project or its build folder."""
        reached = set()
        self._reach(path, folders, reached)
        total = hashlib.sha256()
        for found in sorted(reached):
            total.update(self._content(found)[0])
        return total.hexdigest()

    def _reach(self, path, folders, reached):
        if path in reached:
            return
        reached.add(path)
        for header in self._content(path)[1]:
            for folder in (path.parent, *folders):
                candidate = folder / header
                if candidate.is_file() and candidate.is_relative_to(self.root):
                    self._reach(candidate, folders, reached)
                    break

    def _content(self, path):
        if path not in self.memory:
            data = path.read_bytes()
            self.memory[path] = (hashlib.sha256(data).digest(),
                                 _INCLUDE.findall(data.decode(errors="replace")))
        return self.memory[path]


def include_folders(command):
    """The -I and -isystem folders of a compile command."""
    words = shlex.split(command)
    folders = [word[2:] for word in words if word.startswith("-I") and len(word) > 2]
    folders += [after for word, after in zip(words, words[1:]) if word in ("-isystem", "-I")]
    return [pathlib.Path(folder) for folder in folders]


def entries(root, build):
    """The compile commands of our own sources, without generated ones."""
    commands = json.loads((build / "compile_commands.json").read_text())
    ours = {}
    for entry in commands:
        path = pathlib.Path(entry["file"]).resolve()
        if path.is_relative_to(root) and not path.is_relative_to(root / "build"):
            ours[path] = entry["command"]
    return ours


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--clang-tidy", default="clang-tidy-19")
    parser.add_argument("--only", default="", metavar="FOLDER", help="e.g. libs/domain/")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    return Run(options).all()


class Run:
    """One run over a build folder."""

    def __init__(self, options):
        self.options = options
        self.root = options.root.resolve()
        self.build = options.build.resolve()
        self.cache = self.build / "clang-tidy-passed"
        self.cache.mkdir(exist_ok=True)
        self.sources = Sources(self.root)
        version = subprocess.run([options.clang_tidy, "--version"], stdout=subprocess.PIPE,
                                 check=True).stdout
        self.base = version + (self.root / ".clang-tidy").read_bytes()

    def all(self):
        """Looks at what is not known to be clean. Exit status 1 if anything was found."""
        todo = [(path, key) for path, key in self._keys() if not (self.cache / key).exists()]
        failed = 0
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            for path, key, output in pool.map(self._one, todo):
                if output is None:
                    (self.cache / key).touch()
                else:
                    failed += 1
                    print(f"== {path.relative_to(self.root)}\n{output}", flush=True)
        print(f"clang-tidy: {len(todo)} files looked at, {failed} with findings")
        return 1 if failed else 0

    def _keys(self):
        for path, command in sorted(entries(self.root, self.build).items()):
            if not str(path.relative_to(self.root)).startswith(self.options.only):
                continue
            digest = self.sources.digest(path, include_folders(command))
            key = hashlib.sha256(self.base + command.encode() + digest.encode()).hexdigest()
            yield path, key

    def _one(self, item):
        path, key = item
        done = subprocess.run([self.options.clang_tidy, "-quiet", "-p", str(self.build),
                               # the build's flags are those of g++
                               "--extra-arg=-Wno-unknown-warning-option", str(path)],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              errors="replace", check=False)
        clean = done.returncode == 0
        return path, key, None if clean else done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main())
