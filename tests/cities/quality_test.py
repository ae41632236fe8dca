"""Boston's lines, learnt from the first nine weeks, hold on the five weeks after them."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "deploy" / "cities" / "boston" / "derive"))

from cases import read  # noqa: E402
from lines import Rules, departments_of  # noqa: E402

WEEKS_TO_LEARN = 9
LEAST_DEPARTMENTS = 0.95
LEAST_QUEUES = 0.87


def main():
    cases = read(ROOT / "tests" / "data" / "boston311" / "2011-q3.csv.xz")
    split = sorted({case.week for case in cases})[WEEKS_TO_LEARN]
    rules = Rules([case for case in cases if case.week < split])
    department_of = departments_of(cases)
    later = [case for case in cases if case.week >= split]
    queues = [rules.queue_of(case) for case in later]
    departments = sum(department_of[q] == c.department for q, c in zip(queues, later)) / len(later)
    right = sum(q == c.queue for q, c in zip(queues, later)) / len(later)
    print(f"{len(later)} later cases: departments {departments:.1%}, queues {right:.1%}")
    return 0 if departments >= LEAST_DEPARTMENTS and right >= LEAST_QUEUES else 1


if __name__ == "__main__":
    sys.exit(main())
