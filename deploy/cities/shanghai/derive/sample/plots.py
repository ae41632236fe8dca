"""The lives that the sample tells: each plot is one way through the life cycle.

A plot takes a Story and the Town of the ticket. `PLOTS` says how many tickets live each, and what
they must be about: `town`, `joint` or `upper` as in matters.py, or anything.
"""

from collections import namedtuple

import asking
import together
from story import CITIZEN, LEAD, OFFICE

# A town's code, its district's, and another town of the same district.
Town = namedtuple("Town", "code district name neighbour")
Plot = namedtuple("Plot", "play count duty")


# ---- the straight way ------------------------------------------------------------------------

def straight(story, town):
    story.taken(story.dice.random() < 0.9).days_later(1, 4).complete(story.dice.random() < 0.7)
    if story.dice.random() < 0.6:
        story.rate()


def unrated(story, town):
    story.taken().days_later(1, 3).complete()


def never_acknowledged(story, town):
    pass


def never_completed(story, town):
    story.taken()


def late_contact(story, town):
    story.wait(300, 900).tell(LEAD, "Acknowledge").wait(400, 700).contact()
    story.days_later(3, 4).complete().rate()


def late(story, town):
    story.taken().days_later(6, 7).complete(False).rate()


def very_late(story, town):
    story.taken().days_later(12, 14).complete(False).rate()


# ---- after the answer ------------------------------------------------------------------------

def redone(story, town):
    story.taken().days_later(1, 3).complete(False).rate(solved=False)
    story.wait(200, 900).complete().rate()


def redone_late(story, town):
    story.taken().days_later(1, 3).complete(False).rate(content=False)
    story.wait(1700, 2200).complete().rate()


def called_twice(story, town):
    story.taken().days_later(1, 3).complete()
    story.wait(60, 300).tell(OFFICE, "RecordCallBack", reached=False, comment="无人接听")
    story.wait(60, 300).tell(OFFICE, "RecordCallBack", reached=True, solved=True,
                             satisfaction="SATISFACTION_SATISFIED", comment="认可处理结果")


def never_reached(story, town):
    story.taken().days_later(1, 3).complete()
    story.wait(60, 300).tell(OFFICE, "RecordCallBack", reached=False, comment="号码停机")


def rechecked(story, town):
    story.taken().days_later(1, 3).complete()
    story.wait(60, 400).tell(OFFICE, "OrderRecheck", reason="抽查办理结果")
    story.wait(200, 900).tell(OFFICE, "RecordRecheck", solved=True, finding="现场已整改到位")


def rechecked_in_vain(story, town):
    story.taken().days_later(1, 3).complete()
    story.wait(60, 400).tell(OFFICE, "OrderRecheck", reason="来电人称仍未整改")
    story.wait(200, 900).tell(OFFICE, "RecordRecheck", solved=False, finding="现场仍有堆物")
    story.wait(200, 900).complete().rate()


def rechecked_late(story, town):
    story.taken().days_later(1, 2).complete()
    story.wait(60, 200).tell(OFFICE, "OrderRecheck", reason="媒体关注")
    story.wait(1700, 2000).tell(OFFICE, "RecordRecheck", solved=True, finding="复核属实，已整改")


def ordered_again(story, town):
    story.taken().days_later(1, 3).complete(False)
    story.wait(60, 300).tell(OFFICE, "Redo", reason="答复未回应诉求")
    story.wait(200, 900).complete().rate()


def reopened(story, town):
    story.taken().days_later(1, 3).complete().rate()
    story.days_later(9, 12).tell(OFFICE, "Reopen", reason="问题反复")
    story.taken().wait(400, 1200).complete().rate()


def appealed(story, town):
    story.taken().days_later(1, 3).complete().rate()
    story.wait(300, 900).tell(CITIZEN, "Appeal", reason="处理以后又恢复原状")
    story.decide("DecideAppeal", True)
    story.taken().wait(300, 900).complete().rate()


def appealed_in_vain(story, town):
    story.taken().days_later(1, 3).complete(False).rate()
    story.wait(300, 900).tell(CITIZEN, "Appeal", reason="对答复不服")
    story.decide("DecideAppeal", False)


def reopened_too_late(story, town):
    story.taken().days_later(1, 3).complete().rate()
    story.days_later(75, 78).tell(OFFICE, "Reopen", "too_late", reason="来电人要求重新办理")


PLOTS = (
    Plot(unrated, 24, ""), Plot(never_acknowledged, 6, ""), Plot(never_completed, 10, ""),
    Plot(late_contact, 12, ""), Plot(late, 24, ""), Plot(very_late, 16, ""), Plot(redone, 14, ""),
    Plot(redone_late, 6, ""), Plot(called_twice, 10, ""), Plot(never_reached, 6, ""),
    Plot(rechecked, 8, ""), Plot(rechecked_in_vain, 6, ""), Plot(rechecked_late, 3, ""),
    Plot(ordered_again, 4, ""), Plot(reopened, 6, ""), Plot(appealed, 4, ""),
    Plot(appealed_in_vain, 3, ""), Plot(reopened_too_late, 2, ""),
    Plot(asking.returned, 18, "town"), Plot(asking.return_denied, 12, ""),
    Plot(asking.return_decided_late, 4, ""), Plot(asking.arbitrated, 8, "town"),
    Plot(asking.returned_to_office, 5, "joint"), Plot(asking.arbitrated_late, 2, "joint"),
    Plot(asking.arbitrated_and_returned, 5, ""), Plot(asking.returned_too_late, 5, ""),
    Plot(asking.extended, 14, ""), Plot(asking.extended_in_vain, 7, ""),
    Plot(asking.extended_and_late, 4, ""), Plot(asking.extended_twice, 3, ""),
    Plot(asking.extended_too_late, 4, ""), Plot(asking.extension_decided_late, 3, ""),
    Plot(asking.unreasonable_late, 2, ""), Plot(asking.unreasonable, 6, ""),
    Plot(asking.unreasonable_denied, 5, ""), Plot(asking.unreasonable_appealed, 3, ""),
    Plot(asking.difficult, 8, ""), Plot(asking.supervised, 10, ""),
    Plot(asking.supervised_late, 5, ""), Plot(together.handed_down, 20, "town"),
    Plot(together.handed_down_late, 6, "town"), Plot(together.handed_elsewhere, 2, "town"),
    Plot(together.raised, 7, "town"), Plot(together.raised_and_handed_down, 5, "town"),
    Plot(together.raised_in_vain, 2, "upper"), Plot(together.joined, 20, "joint"),
    Plot(together.joined_late, 8, "joint"), Plot(together.co_handler_added, 10, "town"),
    Plot(together.co_handler_silent, 6, "town"), Plot(together.meddled, 3, ""),
    Plot(together.hasty, 3, ""), Plot(together.corrected, 6, "upper"),
    Plot(together.corrected_kind, 3, ""), Plot(together.asked, 8, ""),
    Plot(together.asked_in_vain, 3, ""), Plot(together.supplemented, 6, ""),
    Plot(together.declined, 7, ""), Plot(together.transferred, 6, ""),
    Plot(together.urged, 16, ""), Plot(together.withdrawn, 9, ""), Plot(together.closed, 4, ""),
    Plot(together.no_appeal, 2, ""),
)
