#!/usr/bin/env python3
"""Every C++ source of ours is as .clang-format would write it. Usage: clang_format.py PROGRAM"""

import subprocess
import sys

from check import HERE
from tidy import project


def main(program):
    root = HERE.parent.parent
    paths = [file.path for file in project.files(root) if file.suffix in project.CPP]
    done = subprocess.run([program, "--dry-run", "-Werror", *paths], cwd=root, check=False)
    if done.returncode != 0:
        print(f"run: {program} -i on the files named above")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
