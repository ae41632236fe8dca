"""Lives in which a unit asks for something: 退单, 延期, 不合理诉求, 疑难; and 督办. See plots.py."""

from story import CITIZEN, LEAD, OFFICE


# ---- returns ---------------------------------------------------------------------------------

def ask_return(story, refusal="", reason="不属于本单位职责范围"):
    return story.wait(30, 120).tell(LEAD, "RequestReturn", refusal, reason=reason)


def returned(story, town):
    ask_return(story).decide("DecideReturn", True)
    story.taken().wait(300, 900).complete().rate()


def return_denied(story, town):
    ask_return(story, reason="涉事地点不在本辖区").decide("DecideReturn", False)
    story.taken().days_later(2, 4).complete().rate()


def return_decided_late(story, town):
    ask_return(story).decide("DecideReturn", False, 350, 480)
    story.taken().days_later(3, 4).complete().rate()


def arbitrated(story, town):
    ask_return(story).decide("DecideReturn", True)
    story.acknowledge()
    ask_return(story).decide("DecideReturn", True)
    story.wait(60, 200).tell(OFFICE, "Assign", lead_unit="d-" + town.district,
                             reason="职责交叉，指定区牵头")
    story.taken().wait(300, 900).complete(False).rate()


def returned_to_office(story, town):
    ask_return(story).decide("DecideReturn", True)
    story.wait(60, 200).tell(OFFICE, "Assign", lead_unit="t-" + town.code,
                             reason="无其他承办单位，指定街镇办理")
    story.taken().wait(300, 900).complete().rate()


def arbitrated_late(story, town):
    ask_return(story).decide("DecideReturn", True)
    story.wait(700, 900).tell(OFFICE, "Assign", lead_unit="t-" + town.code,
                              reason="逾期协调后指定街镇办理")
    story.taken().wait(100, 300).complete().rate()


def arbitrated_and_returned(story, town):
    story.wait(20, 60).tell(OFFICE, "Assign", lead_unit="t-" + town.neighbour,
                            reason="经协调由该街镇办理")
    story.acknowledge()
    ask_return(story, "return_not_allowed")
    story.contact().days_later(3, 4).complete().rate()


def returned_too_late(story, town):
    story.taken().days_later(3, 3)
    ask_return(story, "too_late").days_later(4, 4).complete().rate()


# ---- extensions, unreasonable demands, difficult matters --------------------------------------

def ask_extension(story, refusal="", reason="需协调多个权属单位"):
    return story.tell(LEAD, "RequestExtension", refusal, reason=reason)


def extended(story, town):
    ask_extension(story.taken().days_later(3, 3)).decide("DecideExtension", True)
    story.days_later(9, 11).complete().rate()


def extended_in_vain(story, town):
    ask_extension(story.taken().days_later(3, 3)).decide("DecideExtension", False)
    story.days_later(5, 5).complete(False).rate()


def extended_and_late(story, town):
    ask_extension(story.taken().days_later(2, 3)).decide("DecideExtension", True)
    story.days_later(17, 18).complete(False).rate()


def extended_twice(story, town):
    ask_extension(story.taken().days_later(2, 2)).decide("DecideExtension", True)
    ask_extension(story.days_later(6, 7), "extension_not_allowed")
    story.days_later(10, 11).complete().rate()


def extended_too_late(story, town):
    ask_extension(story.taken().days_later(7, 7), "too_late")
    story.days_later(8, 8).complete(False).rate()


def ask_unreasonable(story):
    return story.days_later(2, 3).tell(LEAD, "RequestUnreasonable", reason="诉求无政策依据，已多次解释")


def unreasonable(story, town):
    ask_unreasonable(story.taken()).decide("DecideUnreasonable", True)
    story.wait(60, 200).complete(False)


def unreasonable_late(story, town):
    ask_unreasonable(story.taken()).decide("DecideUnreasonable", False, 1700, 1900)
    story.wait(60, 200).complete(False).rate()


def extension_decided_late(story, town):
    ask_extension(story.taken().days_later(2, 2)).decide("DecideExtension", False, 400, 600)
    story.days_later(5, 5).complete(False).rate()


def unreasonable_denied(story, town):
    ask_unreasonable(story.taken()).decide("DecideUnreasonable", False)
    story.wait(60, 300).complete().rate()


def unreasonable_appealed(story, town):
    ask_unreasonable(story.taken()).decide("DecideUnreasonable", True)
    story.wait(60, 200).tell(CITIZEN, "Appeal", reason="我的诉求有依据")
    story.decide("DecideAppeal", True)
    story.wait(60, 300).complete().rate()


def difficult(story, town):
    story.taken().days_later(2, 3).tell(OFFICE, "MarkDifficult", reason="历史遗留，涉及多方")
    ask_extension(story.wait(60, 200)).decide("DecideExtension", True)
    story.days_later(10, 12).complete(False).rate()


def supervised(story, town):
    story.taken().days_later(2, 3).tell(OFFICE, "Supervise", instruction="请于三个工作日内办结")
    story.wait(400, 900).complete().rate()


def supervised_late(story, town):
    story.taken().days_later(4, 4).tell(OFFICE, "Supervise", instruction="请立即办理并报告")
    story.days_later(9, 10).complete(False).rate()
