"""Learns the responsibility lines: category [+ area] [+ channel] -> queue.

Nothing but counting, so that each line can be read, checked and edited by a person:

1. A category's line names the queue that took most of its cases. Where more cases went to the
   public works yard of their district, the category gets one line per district instead.
2. An exception (a channel, a district, a neighbourhood of a district) gets a line of its own only
   when that would have sent at least `MIN_GAIN` and `MIN_SHARE` of its cases better.
3. A finer category (a type split by words of the title) gets lines only when that helps at all.

The most exact line wins: the deepest category, then the deepest area, then the named channel.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from words import reason_by_words, refinement_of

MIN_CASES = 3
MIN_CASES_OF_CHANNEL = 5
MIN_GAIN = 2
MIN_GAIN_OF_CHANNEL = 4
MIN_SHARE = 0.2

# The hotline's own queue for requests that have no form; it owns what no line names.
DEFAULT_QUEUE = "INFO01_GenericeFormforOtherServiceRequestTypes"


@dataclass(frozen=True)
class Line:
    """One responsibility line. An empty area or channel means: any, also none."""

    category: tuple
    area: tuple
    channel: str
    queue: str


def most_common(queues):
    """The most frequent queue; of equals the first by name, so that every run agrees."""
    counts = Counter(queues)
    return min(counts, key=lambda queue: (-counts[queue], queue))


def yards_of(cases):
    """District -> queue of its public works yard."""
    seen = defaultdict(list)
    for case in cases:
        if case.district and case.queue.startswith("PWDx_District "):
            seen[case.district].append(case.queue)
    return {district: most_common(queues) for district, queues in seen.items()}


class CategoryLines:
    """The lines of one category, learnt from its cases."""

    def __init__(self, cases, yards):
        self.by_key = {}
        queues = [case.queue for case in cases]
        plain = most_common(queues)
        by_yard = sum(yards.get(case.district, plain) == case.queue for case in cases)
        if by_yard > queues.count(plain):
            elsewhere = [c.queue for c in cases if c.district not in yards]
            elsewhere = elsewhere or [q for q in queues if q not in yards.values()] or queues
            self.by_key[((), "")] = most_common(elsewhere)
            for district, queue in yards.items():
                self.by_key[((district,), "")] = queue
        else:
            self.by_key[((), "")] = plain
        self._except(cases, lambda c: ((), c.channel), MIN_GAIN_OF_CHANNEL, MIN_CASES_OF_CHANNEL)
        self._except(cases, lambda c: c.district and ((c.district,), ""), MIN_GAIN, MIN_CASES)
        self._except(cases, _neighbourhood_key, MIN_GAIN, MIN_CASES + 1)

    def queue_of(self, case):
        """The queue by the most exact of these lines."""
        for area in ((case.district, case.neighbourhood), (case.district,), ()):
            for channel in (case.channel, ""):
                if (area, channel) in self.by_key:
                    return self.by_key[(area, channel)]
        return DEFAULT_QUEUE

    def hits(self, cases):
        """How many of the cases these lines send to the recorded queue."""
        return sum(self.queue_of(case) == case.queue for case in cases)

    def _except(self, cases, key_of, min_gain, min_cases):
        groups = defaultdict(list)
        for case in cases:
            key = key_of(case)
            if key:
                groups[key].append(case)
        for key, group in groups.items():
            if len(group) < min_cases:
                continue
            queue = most_common(case.queue for case in group)
            gain = sum(case.queue == queue for case in group) - self.hits(group)
            if gain >= max(min_gain, MIN_SHARE * len(group)):
                self.by_key[key] = queue


def _neighbourhood_key(case):
    if case.district and case.neighbourhood:
        return ((case.district, case.neighbourhood), "")
    return None


class Rules:
    """All lines of the pack, and the queue they name for a case."""

    def __init__(self, cases):
        self.by_category = {}
        self.by_type = {}
        yards = yards_of(cases)
        for reason, in_reason in _groups(cases, lambda c: c.reason).items():
            self.by_category[(reason,)] = CategoryLines(in_reason, yards)
            for type_, in_type in _groups(in_reason, lambda c: c.type).items():
                self._learn_type((reason, type_), in_type, yards)

    def _learn_type(self, category, cases, yards):
        self.by_type[category[1]] = category
        whole = CategoryLines(cases, yards)
        rest = []
        for name, group in _groups(cases, lambda c: refinement_of(c.title)).items():
            finer = CategoryLines(group, yards)
            if name and len(group) >= MIN_CASES and finer.hits(group) > whole.hits(group):
                self.by_category[category + (name,)] = finer
            else:
                rest += group
        self.by_category[category] = CategoryLines(rest, yards) if rest else whole

    def category_of(self, case):
        """The deepest category of the pack that fits the case. A type that the pack does not know
        goes by its words to a reason; where they tell nothing, to no category at all."""
        known = self.by_type.get(case.type)
        if known is None:
            reason = (reason_by_words(case.type, case.title),)
            return reason if reason in self.by_category else ()
        finer = known + (refinement_of(case.title),)
        return finer if finer in self.by_category else known

    def queue_of(self, case):
        """The queue by the most exact line."""
        category = self.category_of(case)
        if not category:
            return DEFAULT_QUEUE
        return self.by_category[category].queue_of(case)

    def lines(self):
        """All lines, sorted, the default first."""
        found = [Line((), (), "", DEFAULT_QUEUE)]
        for category, lines in sorted(self.by_category.items()):
            for (area, channel), queue in sorted(lines.by_key.items()):
                found.append(Line(category, area, channel, queue))
        return found


def _groups(cases, key_of):
    groups = defaultdict(list)
    for case in cases:
        groups[key_of(case)].append(case)
    return dict(sorted(groups.items()))


def departments_of(cases):
    """Queue -> the department that it belongs to."""
    seen = defaultdict(list)
    for case in cases:
        seen[case.queue].append(case.department)
    return {queue: most_common(departments) for queue, departments in sorted(seen.items())}
