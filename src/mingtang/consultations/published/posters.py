"""The words of what hangs on a wall or lies on a counter: the poster, the draft in plain words and the paper form of a consultation."""

from __future__ import annotations

from mingtang.consultations.published.asking import terms
from mingtang.consultations.published.consulting import ConsultationView
from mingtang.consultations.rules import STANCE_LABELS
from mingtang.kernel.text import spoken_language, t
from mingtang.platform.clock import day_of
from mingtang.platform.documents.official import PlainCard, Poster, Sheet

TICKED = ("for", "against", "change")


def poster_of(view: ConsultationView, issuer: str, link: str) -> Poster:
    """The poster of an open consultation; `link` leads to its page."""
    return Poster(
        kind=str(t("征求意见", "Have your say")),
        title=view.row.title,
        issuer=f"{issuer}　{view.row.department}",
        words=view.summary,
        asks_label=str(t("想听您说说", "We would like to hear")),
        asks=asks(view.questions)[:3],
        scan=str(t("扫码看草案、提意见，不用注册", "Scan to read the draft and say what you think; no account needed")),
        until=str(t("{day} 24:00 截止", "Until {day} 24:00", day=view.row.closes_on)),
        ways_label=str(t("也可以这样提", "Or in one of these ways")),
        ways=ways_in(view.ways, view.contact)[:4],
        foot=str(
            t(
                "每条意见都有回执号；采不采纳、为什么，{day} 前公布。",
                "Every opinion gets a receipt. What was adopted and why not is published by {day}.",
                day=view.row.report_due,
            )
        ),
        link=link,
        issued_on=day_of(view.opened_at),
        language=spoken_language(),
    )


def plain_card_of(view: ConsultationView, issuer: str, version: int, link: str) -> PlainCard:
    """The draft in plain words: what changes for whom and what is asked; `version` is the draft's newest public one."""
    return PlainCard(
        kind=str(t("一页看懂", "In plain words")),
        title=view.row.title,
        issuer=f"{issuer}　{view.row.department}",
        version=str(t("按第 {n} 稿编写，{day}", "Of version {n} of the draft, {day}", n=version, day=day_of(view.opened_at))),
        words=view.summary,
        effects_label=str(t("对谁有什么影响", "What changes for whom")),
        effects=view.effects,
        asks_label=str(t("想听您说说", "We would like to hear")),
        asks=asks(view.questions),
        terms_label=str(t("名词解释", "What the words mean")),
        terms=tuple((term, meaning) for _pk, term, meaning in terms(view.row.id)),
        scan=str(t("扫码看草案、提意见，不用注册", "Scan to read the draft and say what you think; no account needed")),
        until=str(t("{day} 24:00 截止", "Until {day} 24:00", day=view.row.closes_on)),
        ways=ways_in(view.ways, view.contact)[:4],
        link=link,
        issued_on=day_of(view.opened_at),
        language=spoken_language(),
    )


def sheet_of(view: ConsultationView, issuer: str, code: str, link: str) -> Sheet:
    """The form on paper: a box for each clause and stance, lines to write on; `link` leads to the form on the web."""
    return Sheet(
        title=str(t("意见表：{x}", "Opinion form: {x}", x=view.row.title.replace("|", ""))),
        issuer=f"{issuer}　{view.row.department}",
        code=code,
        how=str(
            t("填好后交到下列任一处；扫右边的码也可以在手机上提。", "Hand it in at any place below, or scan the code to use your phone.")
        ),
        clauses_label=str(t("逐条勾选（可不填）", "Clause by clause (optional)")),
        clause_label=str(t("条款", "Clause")),
        clauses=tuple((each.label, each.heading or each.text[:18]) for each in view.clauses),
        stances=tuple(str(STANCE_LABELS[each]) for each in TICKED),
        asks_label=str(t("想听您说说", "We would like to hear")),
        asks=asks(view.questions),
        words_label=str(t("我的意见", "What I think")),
        words_hint=str(t("写清哪一条、怎样改、为什么。", "Say which clause, what to change and why.")),
        who_label=str(t("联系方式（可不填）", "How to reach you (optional)")),
        who_hint=str(
            t(
                "只用于回执和答复，不公开，办结后删除；请勿写身份证号。",
                "Used for receipt and answer only, never published, deleted afterwards; please give no ID number.",
            )
        ),
        who=(str(t("姓名　", "Name  ")), str(t("电话或邮箱　", "Phone or e-mail  "))),
        consent=str(t("同意公开意见文字（不公开姓名）", "My words may be published (my name is not)")),
        until=str(t("{day} 24:00 截止", "Until {day} 24:00", day=view.row.closes_on)),
        ways=ways_in(view.ways, view.contact),
        office=str(
            t(
                "（工作人员填写）表号：　　　　　　回执号：　　　　　　　　录入人：　　　　　　　　日期：",
                "(Office) form number:                receipt:                    keyed in by:                    on:",
            )
        ),
        link=link,
        issued_on=day_of(view.opened_at),
        language=spoken_language(),
    )


def asks(questions: str) -> tuple[str, ...]:
    """The lines of what the department would like to hear."""
    return tuple(line.strip() for line in questions.splitlines() if line.strip())


def ways_in(ways: str, contact: str) -> tuple[str, ...]:
    """The other doors, a line each; the contact when none is given."""
    return asks(ways) or ((contact,) if contact else ())
