"""clang-tidy looks again at a file only when something that it reads has changed."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = """#!/bin/sh
[ "$1" = --version ] && { echo version 1; exit 0; }
for last; do :; done
echo "${last##*/}" >> "${0%/*}/looked"
! grep -q bad "$last"
"""


class Cache(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name).resolve()
        self.build = self.root / "build" / "x"
        self.build.mkdir(parents=True)
        self.write(".clang-tidy", "Checks: a\n")
        self.write("include/deep.hpp", "int deep;\n")
        self.write("include/near.hpp", '#include "deep.hpp"\n')
        self.write("a.cpp", '#include "near.hpp"\n')
        self.write("b.cpp", "int b;\n")
        self.write("clang-tidy", PROGRAM).chmod(0o755)
        self.write("build/x/compile_commands.json", json.dumps(
            [{"file": str(self.root / name), "directory": "/",
              "command": f"g++ -I{self.root}/include -c {name}"}
             for name in ("a.cpp", "b.cpp", "build/x/generated.cpp")]))
        self.write("build/x/generated.cpp", "bad\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def run_it(self):
        """(exit status, names of the files looked at)."""
        looked = self.root / "looked"
        looked.write_text("")
        done = subprocess.run([sys.executable, str(HERE / "clang_tidy.py"), "--root",
                               str(self.root), "--build", str(self.build), "--clang-tidy",
                               str(self.root / "clang-tidy")], stdout=subprocess.PIPE, check=False)
        return done.returncode, sorted(looked.read_text().split())

    def test_generated_files_are_left_out_and_a_second_run_looks_at_nothing(self):
        self.assertEqual(self.run_it(), (0, ["a.cpp", "b.cpp"]))
        self.assertEqual(self.run_it(), (0, []))

    def test_a_changed_header_is_followed_to_its_users(self):
        self.run_it()
        self.write("include/deep.hpp", "int deeper;\n")
        self.assertEqual(self.run_it(), (0, ["a.cpp"]))

    def test_changed_settings_look_at_everything(self):
        self.run_it()
        self.write(".clang-tidy", "Checks: b\n")
        self.assertEqual(self.run_it(), (0, ["a.cpp", "b.cpp"]))

    def test_a_finding_fails_and_is_not_forgotten(self):
        self.write("b.cpp", "bad\n")
        self.assertEqual(self.run_it(), (1, ["a.cpp", "b.cpp"]))
        self.assertEqual(self.run_it(), (1, ["b.cpp"]))


if __name__ == "__main__":
    unittest.main()
