"""The list of exceptions: one a line, by rule and place, each with its reason."""

from tidy.project import Finding

NAME = "tests/tidy/exceptions.txt"


class Exceptions:
    """Knows which of them were needed, so that one that no longer applies is reported."""

    def __init__(self, text):
        self.entries = {}
        self.used = set()
        self.errors = []
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            words = line.split(maxsplit=2)
            if len(words) < 3:
                self.errors.append(Finding("exceptions", NAME, number,
                                           "expected: RULE PATH[#NAME] REASON"))
            else:
                self.entries[(words[0], words[1])] = number

    def covers(self, finding):
        """True if the finding is excused by its file or by file and name."""
        for place in (finding.path, f"{finding.path}#{finding.name}"):
            if (finding.rule, place) in self.entries:
                self.used.add((finding.rule, place))
                return True
        return False

    def stale(self, rules):
        """Entries for `rules` that excused nothing."""
        return [Finding("exceptions", NAME, number, f"{rule} {place} excuses nothing any more")
                for (rule, place), number in self.entries.items()
                if rule in rules and (rule, place) not in self.used]
