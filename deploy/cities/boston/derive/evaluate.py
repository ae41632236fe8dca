"""Judges the learnt lines on weeks that they were not learnt from.

    python3 evaluate.py ../../../../tests/data/boston311/2011-q3.csv.xz

Two ways: *later weeks* (learn from the weeks before a date, judge all weeks after it: what a later
quarter will show) and *left-out weeks* (leave four weeks out in turn). Each is compared with the
type alone and with type and public works district. Intervals are 95 % by a bootstrap over days,
since the cases of one day are not independent.
"""

import random
import sys
from collections import defaultdict

from cases import read
from lines import Rules, departments_of, most_common

LATER_SPLITS = (5, 7, 9, 11)
BOOTSTRAP_ROUNDS = 1000
SEED = 311


class TypeOnly:
    """The simplest rival: the most frequent queue of the type (and district, if asked)."""

    def __init__(self, cases, with_district):
        self.with_district = with_district
        self.by_key = {}
        for key_of in (self._coarse, self._fine):
            groups = defaultdict(list)
            for case in cases:
                groups[key_of(case)].append(case.queue)
            self.by_key.update((key, most_common(queues)) for key, queues in groups.items())

    def queue_of(self, case):
        return self.by_key.get(self._fine(case)) or self.by_key.get(self._coarse(case))

    def _fine(self, case):
        return (case.type, case.district if self.with_district else "")

    def _coarse(self, case):
        return (case.type, None)


LEARNERS = (
    ("type alone", lambda cases: TypeOnly(cases, False)),
    ("type and district", lambda cases: TypeOnly(cases, True)),
    ("responsibility lines", Rules),
)


def judge(learn, train, test):
    """For each test case: (day, department right, queue right)."""
    rules = learn(train)
    department = departments_of(train)
    verdicts = []
    for case in test:
        queue = rules.queue_of(case)
        verdicts.append(
            (case.opened.date(), department.get(queue) == case.department, queue == case.queue)
        )
    return verdicts


def interval(verdicts, index):
    """95 % interval of the share of right answers, by drawing days with replacement."""
    by_day = defaultdict(lambda: [0, 0])
    for verdict in verdicts:
        by_day[verdict[0]][0] += verdict[index]
        by_day[verdict[0]][1] += 1
    days = sorted(by_day)
    draw = random.Random(SEED)
    shares = []
    for _ in range(BOOTSTRAP_ROUNDS):
        drawn = [by_day[draw.choice(days)] for _ in days]
        shares.append(sum(d[0] for d in drawn) / sum(d[1] for d in drawn))
    shares.sort()
    return shares[int(0.025 * BOOTSTRAP_ROUNDS)], shares[int(0.975 * BOOTSTRAP_ROUNDS) - 1]


def report(title, name, verdicts):
    cells = [title, name, f"{len(verdicts):,}"]
    for index in (1, 2):
        share = sum(verdict[index] for verdict in verdicts) / len(verdicts)
        low, high = interval(verdicts, index)
        cells.append(f"{share:.1%} ({low:.1%} – {high:.1%})")
    print("| " + " | ".join(cells) + " |")


def unseen_types(cases, weeks):
    """Later weeks again, with every type in turn absent from what was learnt."""
    train = [c for c in cases if c.week < weeks[9]]
    test = [c for c in cases if c.week >= weeks[9]]
    verdicts = []
    for type_ in sorted({case.type for case in test}):
        without = [c for c in train if c.type != type_]
        verdicts += judge(Rules, without, [c for c in test if c.type == type_])
    report("every type unseen", "responsibility lines", verdicts)


def main(path):
    cases = read(path)
    weeks = sorted({case.week for case in cases})
    print("| judged on | rules | cases | departments | queues |")
    print("|---|---|---|---|---|")
    for split in LATER_SPLITS:
        train = [c for c in cases if c.week < weeks[split]]
        test = [c for c in cases if c.week >= weeks[split]]
        for name, learn in LEARNERS:
            report(f"weeks from {weeks[split]}", name, judge(learn, train, test))
    for name, learn in LEARNERS:
        verdicts = []
        for start in range(4):
            left_out = set(weeks[start::4])
            train = [c for c in cases if c.week not in left_out]
            verdicts += judge(learn, train, [c for c in cases if c.week in left_out])
        report("left-out weeks", name, verdicts)
    unseen_types(cases, weeks)
    print(f"\n{len(Rules(cases).lines())} lines are learnt from the whole quarter.")


if __name__ == "__main__":
    main(sys.argv[1])
