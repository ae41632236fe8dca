"""The checker catches what it must: each rule is shown bad samples and good ones."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import check
from tidy import cpp, project
from tidy.exceptions import Exceptions

SAMPLES = check.HERE / "samples"
GENERATED = {"large-files"}  # a sample of this one would break it


def found_in(root, rule):
    """{path: findings} of one rule in a folder of samples."""
    paths = {file.path: [] for file in project.walked(root)}
    for finding in check.findings(project.walked(root), [rule]):
        paths[finding.path].append(finding)
    return paths


class Rules(unittest.TestCase):
    def test_every_rule_catches_each_of_its_bad_samples(self):
        for rule in set(check.RULES) - GENERATED:
            caught = found_in(SAMPLES / rule / "bad", rule)
            self.assertTrue(caught, f"{rule} has no bad sample")
            for path, findings in caught.items():
                if rule == "includes" and path.endswith("CMakeLists.txt"):
                    continue  # only says which layer its neighbours are of
                with self.subTest(rule=rule, path=path):
                    self.assertTrue(findings, "was not caught")

    def test_no_rule_complains_about_its_good_samples(self):
        for rule in set(check.RULES) - GENERATED:
            passed = found_in(SAMPLES / rule / "good", rule)
            self.assertTrue(passed, f"{rule} has no good sample")
            for path, findings in passed.items():
                with self.subTest(rule=rule, path=path):
                    self.assertEqual([str(finding) for finding in findings], [])

    def test_every_banned_call_is_caught_by_name(self):
        caught = found_in(SAMPLES / "banned-calls" / "bad", "banned-calls").values()
        names = {finding.name for findings in caught for finding in findings}
        self.assertEqual(names, {ban.name for ban in check.rules_cpp.BANS})

    def test_a_large_file_is_caught(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "big.bin").write_bytes(b"\0" * (256 * 1024 + 1))
            (pathlib.Path(folder) / "small.bin").write_bytes(b"\0" * (256 * 1024))
            caught = found_in(folder, "large-files")
        self.assertEqual(len(caught["big.bin"]), 1)
        self.assertEqual(caught["small.bin"], [])

    def test_an_unknown_rule_is_refused(self):
        done = subprocess.run([sys.executable, str(check.HERE / "check.py"), "no-such-rule"],
                              stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("no-such-rule", done.stderr)


class Scanner(unittest.TestCase):
    def functions(self, text):
        return [(f.name, f.first_line, f.last_line, f.complexity) for f in cpp.functions(text)]

    def test_it_finds_functions_methods_constructors_operators_and_tests(self):
        text = """\
template <class T> struct S { int x{3}; S() : x{1}, y(2) { if (x) {} } };
bool operator==(const B& o) { return a == o.a && b; }
auto twice = [](int x) { return x || 1; };
TEST(Suite, does_this) { EXPECT_EQ(1'000, 2); }
auto tail() -> int { return '}'; }
constexpr int table[] = {1, 2, 3};
enum class Kind { a, b };
"""
        self.assertEqual(self.functions(text), [
            ("S", 1, 1, 2), ("operator", 2, 2, 2), ("twice", 3, 3, 2), ("TEST", 4, 4, 1),
            ("tail", 5, 5, 1)])

    def test_braces_in_strings_comments_and_macros_are_no_braces(self):
        text = 'void f() {\n  // }\n  g("}", R"x(})x");\n#define OPEN {\n}\nvoid h() {}\n'
        self.assertEqual(self.functions(text), [("f", 1, 5, 1), ("h", 6, 6, 1)])

    def test_a_reference_is_no_branch(self):
        self.assertEqual(self.functions("void f() { auto&& a = b; g<T&&>(); if (x && y) {} }\n"),
                         [("f", 1, 1, 3)])


class ExceptionList(unittest.TestCase):
    def finding(self):
        return project.Finding("columns", "a.cpp", 3, "too wide", "name")

    def test_an_exception_covers_by_file_or_by_name(self):
        for place in ("a.cpp", "a.cpp#name"):
            self.assertTrue(Exceptions(f"columns {place} because\n").covers(self.finding()))
        for line in ("columns b.cpp because", "columns a.cpp#other because", "length a.cpp why"):
            self.assertFalse(Exceptions(line).covers(self.finding()))

    def test_an_exception_without_reason_or_use_is_itself_a_finding(self):
        self.assertEqual(len(Exceptions("columns a.cpp\n").errors), 1)
        unused = Exceptions("columns a.cpp because\n")
        self.assertEqual(len(unused.stale(["columns"])), 1)
        self.assertEqual(unused.stale(["file-length"]), [])


if __name__ == "__main__":
    unittest.main()
