"""The 36 duties of the regulation, and the rules, pages and evidence that carry them.

Nothing here says whether a duty is kept: that is computed from what registers itself below
(`carries` on rules, `page_for` on public pages, `evidence_for` on counts) and from what happened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from mingtang.kernel.text import Text, t

CLAUSES: dict[str, Text] = {
    "1.1": t("开放哪些会议", "Which meetings are open"),
    "1.2": t("开放哪些领域", "Which fields are open"),
    "1.3": t("向谁开放", "To whom"),
    "2.1": t("会前：征集意见", "Before the meeting: asking"),
    "2.2": t("会中：扩大参与", "At the meeting: taking part"),
    "2.3": t("会后：公布和回应", "After the meeting: telling and answering"),
    "3.1": t("组织：程序和计划", "Organisation: steps and plans"),
    "3.2": t("组织：申报和列席", "Organisation: declaring and attending"),
    "3.3": t("组织：其他开放方式", "Organisation: other ways of openness"),
    "3.4": t("组织：责任和考核", "Organisation: responsibility and assessment"),
}


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty: our id, its clause of the regulation, what it asks in our own words."""

    id: str
    duty: Text

    @property
    def clause(self) -> str:
        """The clause of the regulation, "3.2" for the duty "3.2a"."""
        return self.id[:3]

    @property
    def clause_title(self) -> Text:
        """What the clause is about, in our own words."""
        return CLAUSES[self.clause]


@dataclass(frozen=True, slots=True)
class Example:
    """One piece of evidence a reader can open."""

    title: Text
    url: str = ""
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often a duty was kept and broken in a period, with examples to open."""

    kept: int = 0
    broken: int = 0
    examples: tuple[Example, ...] = ()


OBLIGATIONS: tuple[Obligation, ...] = (
    Obligation("1.1a", t("四类会议向社会开放", "Four kinds of meeting are open")),
    Obligation(
        "1.2a",
        t("重点领域的议题原则上开放，不开放须有法定依据并经批准", "Topics in the focus areas are open unless a legal ground is approved"),
    ),
    Obligation("1.3a", t("面向七类对象开放", "Seven audiences are addressed")),
    Obligation("1.3b", t("依法、按议题合理确定列席人员，理由公开", "Who attends is settled by law and topic, with reasons")),
    Obligation("2.1a", t("决策前公布草案和依据", "Draft and basis are public before the decision")),
    Obligation("2.1b", t("加强预期管理和前瞻引导", "Expectations are managed: plain words, what changes for whom")),
    Obligation("2.1c", t("多种方式听取意见", "Opinions are heard in many ways")),
    Obligation("2.1d", t("严格履行法定听证程序", "The statutory hearing procedure is kept")),
    Obligation("2.1e", t("及时公布采纳情况", "Adoption results are published in time")),
    Obligation("2.1f", t("相对集中的意见不采纳要说明理由", "Concentrated opinions not adopted are given a reason")),
    Obligation("2.2a", t("邀请七类代表列席", "Representatives of the seven audiences are invited")),
    Obligation("2.2b", t("每年邀请代表列席不少于三次", "At least three attended meetings a year")),
    Obligation(
        "2.2c", t("审议时牵头部门说明意见征集和采纳情况", "The drafting department explains solicitation and adoption at the meeting")
    ),
    Obligation("2.2d", t("鼓励广播电视和网络直播", "Broadcast and livestream are encouraged")),
    Obligation("2.3a", t("门户网站首先发布审议情况", "Results are published on the portal first, in time")),
    Obligation("2.3b", t("通过报纸、电视、新媒体扩大知晓", "Newspapers, television and new media carry it further")),
    Obligation("2.3c", t("加强政策解读", "Policies are interpreted")),
    Obligation("2.3d", t("关注并回应舆情", "Public sentiment is watched and answered")),
    Obligation("2.3e", t("决策后按规定公开议定事项和文件", "Decisions and documents are published in time")),
    Obligation("2.3f", t("吸收后续意见，完善方案并公布", "Later suggestions are absorbed and improvements published")),
    Obligation("3.1a", t("重大行政决策履行五项程序", "Major decisions pass the five statutory steps")),
    Obligation("3.1b", t("各单位制定会议开放计划", "Each unit makes an openness plan")),
    Obligation("3.1c", t("精心谋划开放形式，完善程序", "Forms of openness are planned and improved")),
    Obligation("3.2a", t("申报表注明开放形式和代表类别并一同报批", "Form and audiences stand on the declaration and are approved with it")),
    Obligation("3.2b", t("各单位有公开的列席工作规定", "Units have published rules on selection, duties, organisation and discipline")),
    Obligation("3.2c", t("牵头部门按议题确定列席代表", "The lead department settles the attendees by topic")),
    Obligation("3.2d", t("提前两天告知要求并提供材料", "Requirements and materials two days ahead")),
    Obligation("3.2e", t("合理化建议写入会议纪要", "Reasonable suggestions go into the minutes")),
    Obligation("3.2f", t("代表姓名写入列席名单", "Representatives' names go into the attendance list")),
    Obligation("3.3a", t("领导信箱、民意征集、留言办理", "Leaders' mailbox, solicitation, message handling")),
    Obligation("3.3b", t("热线、问政、开放日、访谈、讲堂", "Hotline, question time, open day, interview, lecture")),
    Obligation("3.3c", t("相关部门每年至少一次政府开放日", "At least one open day a year per listed department")),
    Obligation("3.4a", t("牵头部门是第一责任人并评估效果", "The lead department is first responsible and evaluates the effect")),
    Obligation("3.4b", t("区政府办审核把关", "The government office reviews and gates")),
    Obligation("3.4c", t("督查评估", "Supervision and inspection")),
    Obligation("3.4d", t("纳入政务公开考核", "Openness counts in the assessment of departments")),
)

BY_ID = {each.id: each for each in OBLIGATIONS}

EvidenceOf = Callable[[int, date, date], Evidence]
F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Carrier:
    """A rule or a page that carries a duty: where it stands in the code and its name for people."""

    name: str
    title: Text
    url_name: str = ""


RULES: dict[str, list[Carrier]] = defaultdict(list)
PAGES: dict[str, list[Carrier]] = defaultdict(list)
EVIDENCE: dict[str, list[EvidenceOf]] = defaultdict(list)


def carries(*ids: str, title: Text) -> Callable[[F], F]:
    """Register the decorated rule as carrying the duties `ids`; KeyError on an unknown id."""

    def register(rule: F) -> F:
        for each in ids:
            RULES[BY_ID[each].id].append(Carrier(f"{rule.__module__}.{rule.__qualname__}", title))
        return rule

    return register


def page_for(*ids: str, title: Text, url_name: str = "") -> Callable[[F], F]:
    """Register the decorated public page as showing the duties `ids`; KeyError on an unknown id."""

    def register(view: F) -> F:
        name = f"{view.__module__}.{getattr(view, '__qualname__', view)}"
        for each in ids:
            PAGES[BY_ID[each].id].append(Carrier(name, title, url_name))
        return view

    return register


def evidence_for(*ids: str) -> Callable[[EvidenceOf], EvidenceOf]:
    """Register a count ``(government_id, first_day, last_day) -> Evidence`` for the duties `ids`."""

    def register(count: EvidenceOf) -> EvidenceOf:
        for each in ids:
            EVIDENCE[BY_ID[each].id].append(count)
        return count

    return register
