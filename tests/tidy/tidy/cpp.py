"""A small scanner for C++: blanks comments and strings, finds functions, counts their branches.

Not a parser: it knows where a body begins and ends, which is what the limits need.
"""

import re

_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/'                                  # comments
    r'|(?:u8|[uUL])?R"([^(\s]{0,16})\(.*?\)\1"'            # raw strings
    r'|(?:u8|[uUL])?"(?:\\.|[^"\\\n])*"'                   # strings
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'"                # characters, but not 1'000
    r'|^[ \t]*\#(?:\\\n|[^\n])*',                          # preprocessor lines
    re.S | re.M)
_WORD = re.compile(r"[A-Za-z_]\w*(?:::~?[A-Za-z_]\w*)*|[0-9][\w.']*|&&|\|\||->|::|[^\s\w]")

CONTROL = {"if", "for", "while", "switch", "catch"}
_NOT_A_NAME = CONTROL | {"return", "sizeof", "alignas", "decltype", "noexcept", "requires",
                         "static_assert", "else", "do", "new", "throw", "co_return", "co_await"}
_TYPE_SCOPE = {"class", "struct", "union", "enum", "namespace"}


class Function:
    """A body: its name, its first and last line, its branches."""

    def __init__(self, name, first_line, last_line, complexity):
        self.name = name
        self.first_line = first_line
        self.last_line = last_line
        self.complexity = complexity

    @property
    def lines(self):
        return self.last_line - self.first_line + 1


def blank(text, keep_comments=False, keep_strings=False):
    """The text with comments, strings and preprocessor lines as blanks; line numbers stay."""
    def replace(match):
        found = match[0]
        comment = found.startswith(("//", "/*"))
        if comment and keep_comments or not comment and keep_strings:
            return found
        return re.sub(r"[^\n]", " ", found)
    return _TOKEN.sub(replace, text)


def comments(text):
    """[(line, comment)] of a source file."""
    return [(text.count("\n", 0, match.start()) + 1, match[0])
            for match in _TOKEN.finditer(text) if match[0].startswith(("//", "/*"))]


def tokens(text):
    """[(line, word)] of a text whose comments and strings are blank."""
    found = []
    line = 1
    place = 0
    for match in _WORD.finditer(text):
        line += text.count("\n", place, match.start())
        place = match.start()
        found.append((line, match[0]))
    return found


def functions(text):
    """Every function of a file, with the lambdas inside counted as part of it."""
    words = tokens(blank(text))
    found = []
    index = 0
    while index < len(words):
        if words[index][1] == "{":
            head = _head(words, index)
            if head is not None:
                end = _closing(words, index)
                found.append(Function(words[head][1], words[head][0], words[end][0],
                                      _complexity(words[index:end + 1])))
                index = end
        index += 1
    return found


def _closing(words, index):
    """The index of the bracket that closes the one at `index`."""
    pairs = {"{": "}", "(": ")", "[": "]"}
    opening, closing = words[index][1], pairs[words[index][1]]
    depth = 0
    for place in range(index, len(words)):
        if words[place][1] == opening:
            depth += 1
        elif words[place][1] == closing:
            depth -= 1
            if depth == 0:
                return place
    return len(words) - 1


def _opening(words, index):
    """The index of the bracket that opens the one at `index`."""
    pairs = {"}": "{", ")": "(", "]": "["}
    closing, opening = words[index][1], pairs[words[index][1]]
    depth = 0
    for place in range(index, -1, -1):
        if words[place][1] == closing:
            depth += 1
        elif words[place][1] == opening:
            depth -= 1
            if depth == 0:
                return place
    return 0


def _statement_start(words, index):
    """The first word of the declaration that the brace at `index` belongs to."""
    place = index - 1
    while place >= 0 and words[place][1] not in ";{}":
        place = _opening(words, place) - 1 if words[place][1] in ")]" else place - 1
    return place + 1


def _head(words, brace):
    """The index of the function's name if the brace at `brace` opens a body, else None."""
    start = _declaration_start(words, brace)
    place = start
    while place < brace:
        word = words[place][1]
        if word in _TYPE_SCOPE and not _inside_template(words, start, place):
            return None
        if word.endswith("operator"):
            return place
        if word == "=":
            return place - 1 if words[place + 1][1] == "[" else None  # a lambda, or a value
        if word == "(":
            if _is_name(words, place - 1):
                initialiser = _is_initialiser(words, _closing(words, place), brace)
                return None if initialiser else place - 1
            place = _closing(words, place)
        place += 1
    return None


def _is_initialiser(words, parameters_end, brace):
    """`S() : x{1}`: that brace belongs to a member, not to the constructor's body."""
    between = {word for _, word in words[parameters_end:brace]}
    return ":" in between and words[brace - 1][1] not in {")", "}"}


def _declaration_start(words, brace):
    """Goes back over a constructor's initialisers, whose braces look like bodies."""
    start = _statement_start(words, brace)
    while start > 0 and words[start - 1][1] == "}" and start < brace \
            and words[start][1] in {",", "{"}:
        start = _statement_start(words, _opening(words, start - 1))
    return start


def _inside_template(words, start, place):
    """`template <class T>` holds a keyword that opens no scope."""
    return words[place - 1][1] in "<," and any(
        word == "template" for _, word in words[start:place])


def _is_name(words, place):
    word = words[place][1]
    return bool(re.match(r"[A-Za-z_~]", word)) and word not in _NOT_A_NAME


def _complexity(body):
    """McCabe's number; a switch counts once, however many cases it has."""
    count = 1
    for place, (_, word) in enumerate(body):
        if word in CONTROL or word == "||" or word == "?":
            count += 1
        elif word == "&&" and not _is_reference(body, place):
            count += 1
    return count


def _is_reference(body, place):
    before = body[place - 1][1] if place else ""
    after = body[place + 1][1] if place + 1 < len(body) else ""
    return before in {"auto", ">"} and after not in {"("} or after in {",", ")", ">", "..."}
