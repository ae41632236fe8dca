"""Rules about C++: sizes of functions, what may be included, what may be called."""

import re

from tidy import cpp, layers
from tidy.project import CPP, Finding

LINES_MAX = 60
COMPLEXITY_MAX = 10
MAIN_LINES_MAX = 30

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]', re.M)


class Ban:
    """A call that belongs to certain places only; `instead` says what to use elsewhere."""

    def __init__(self, name, pattern, allowed, instead):
        self.name = name
        self.pattern = re.compile(pattern)
        self.allowed = re.compile(allowed)
        self.instead = instead

    def applies(self, file):
        """Pure layers of a service are not excused by the folder that they are in."""
        allowed = self.allowed.match(file.path)
        in_service = file.path.startswith("services/")
        return not allowed or in_service and layers.layer_of(file.path, file.root) in layers.PURE


_NOWHERE = r"(?!)"
_SYSTEM = r"libs/adapters/system/|tests/unit/adapters/system/"
_PROCESSES = r"libs/testkit/|tests/"
BANS = (
    Ban("wall-clock",
        r"\bsystem_clock::now\b|\bgettimeofday\b|(?<![\w.:>])time\s*\(\s*(?:nullptr|NULL|0)",
        _SYSTEM + r"|libs/adapters/rpc/|services/paidanctl/|tests/",  # as gRPC's deadlines are
        "take `now` as an argument; libs/adapters/system has the clock"),
    Ban("steady-clock", r"\bsteady_clock::now\b|\bclock_gettime\b",
        r"libs/(?:adapters|runtime|testkit|view_reader|edge|stage)/|services/|tests/",
        "take the time as an argument"),
    Ban("randomness", r"\brandom_device\b|(?<![\w.:>])s?rand\s*\(|\bgetrandom\b|\brandombytes_",
        r"libs/adapters/(?:system|crypto)/|tests/", "ids are derived from the input"),
    Ban("environment", r"\bgetenv\b|\bsetenv\b|\bputenv\b",
        _SYSTEM + r"|libs/runtime/|" + _PROCESSES, "configuration comes through libs/runtime"),
    Ban("sleep", r"\bsleep_for\b|\bsleep_until\b|\bu?sleep\s*\(|\bnanosleep\b", _NOWHERE,
        "wait on a condition with a deadline"),
    Ban("std-regex", r"\bstd::w?regex\b|\bregex_(?:match|search|replace)\b", r"tests/",
        "RE2 or plain code: std::regex is slow and overflows the stack"),
    Ban("console",
        r"\bstd::(?:cout|cerr|clog)\b|(?<![\w.:])f?printf\s*\(|(?<![\w.:])puts\s*\(",
        r"services/paidanctl/|libs/runtime/|libs/base/src/assert\.cpp|tests/",
        "log through libs/runtime"),
    Ban("process", r"(?<![\w.:>])(?:std::)?(?:system|popen|fork|execvp?e?)\s*\(", _PROCESSES,
        "start no processes"),
    Ban("plain-assert", r"(?<![\w.])assert\s*\(", _NOWHERE,
        "PAIDAN_ASSERT, which stays in release builds"),
    Ban("detached-thread", r"\.detach\s*\(\s*\)", _NOWHERE, "own every thread and join it"),
    Ban("using-namespace", r"\busing\s+namespace\s+std\s*;", _NOWHERE, "name what you use"),
)


def function_length(file):
    for function in _functions(file):
        if function.lines > LINES_MAX:
            yield Finding("function-length", file.path, function.first_line,
                          f"{function.name} has {function.lines} lines, at most {LINES_MAX}",
                          function.name)


def function_complexity(file):
    for function in _functions(file):
        if function.complexity > COMPLEXITY_MAX:
            yield Finding("function-complexity", file.path, function.first_line,
                          f"{function.name} has complexity {function.complexity}, "
                          f"at most {COMPLEXITY_MAX}", function.name)


def _functions(file):
    return cpp.functions(file.text) if file.suffix in CPP else []


def includes(file):
    """Layers may include only what cmake lets them link, and pure ones nothing of the world."""
    if file.suffix not in CPP:
        return
    text = cpp.blank(file.text, keep_strings=True)
    for match in _INCLUDE.finditer(text):
        reason = layers.refusal(file.path, match[1], file.root)
        if reason:
            yield Finding("includes", file.path, _line(text, match), reason, match[1])


def banned_calls(file):
    if file.suffix not in CPP:
        return
    text = cpp.blank(file.text)
    for ban in BANS:
        for match in ban.pattern.finditer(text) if ban.applies(file) else ():
            yield Finding("banned-calls", file.path, _line(text, match),
                          f"{match[0].strip()} ({ban.name}): {ban.instead}", ban.name)


def small_main(file):
    """A service's main.cpp only says which service it is."""
    if re.fullmatch(r"services/[^/]+/(?:\w+/)?main\.cpp", file.path):
        lines = file.text.count("\n")
        if lines > MAIN_LINES_MAX:
            yield Finding("small-main", file.path, 1, f"{lines} lines, at most {MAIN_LINES_MAX}")


def pragma_once(file):
    if file.suffix == ".hpp" and "#pragma once" not in file.text:
        yield Finding("pragma-once", file.path, 1, "a header starts with #pragma once")


def _line(text, match):
    return text.count("\n", 0, match.start()) + 1


RULES = {"function-length": function_length, "function-complexity": function_complexity,
         "includes": includes, "banned-calls": banned_calls, "small-main": small_main,
         "pragma-once": pragma_once}
