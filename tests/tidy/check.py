#!/usr/bin/env python3
"""Checks the house rules. `check.py RULE...`, or without names all of them; --list names them.

Exit status 0: clean; 1: findings, one a line as path:line: rule: what.
"""

import argparse
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from tidy import project, rules_cpp, rules_text  # noqa: E402
from tidy.exceptions import NAME, Exceptions  # noqa: E402

PER_FILE = {**rules_cpp.RULES, **rules_text.RULES}
RULES = (*PER_FILE, *rules_text.WHOLE)


def findings(files, rules):
    """What breaks `rules` in `files`."""
    known = {file.path for file in files}
    for rule in rules:
        for file in files:
            if rule in PER_FILE:
                yield from PER_FILE[rule](file)
            else:
                yield from rules_text.WHOLE[rule](file, known)


def check(root, rules):
    """The findings that no exception covers, and the exceptions that cover nothing."""
    exceptions = Exceptions((pathlib.Path(root) / NAME).read_text())
    left = [found for found in findings(project.files(root), rules) if not exceptions.covers(found)]
    return left + exceptions.errors + exceptions.stale(rules)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rules", nargs="*", metavar="RULE")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if options.list:
        print("\n".join(RULES))
        return 0
    unknown = [rule for rule in options.rules if rule not in RULES]
    if unknown:
        parser.error(f"no such rule: {', '.join(unknown)}")
    left = check(HERE.parent.parent, options.rules or RULES)
    for finding in left:
        print(finding)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
