"""Where another law or rule demands a hearing, it is held and reported before the matter is tabled (2.1d, 713 Art.16).

Decree 713 leaves hearings to the government's judgement and adds that where other laws, regulations or rules demand one, they are
followed. Which those are it does not list, and no figure says it: the lead department names the act and the article.
"""

from __future__ import annotations

from dataclasses import dataclass

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import t


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """What demands a hearing on a matter (empty: nothing), the lawful exemption if any, and whether a hearing was reported."""

    law: str = ""
    article: str = ""
    exemption: str = ""
    reported: bool = False


@carries("2.1d", title=t("法律法规规定的听证先举行", "A hearing the law demands comes first"))
def may_table_heard(facts: NeedFacts) -> Decision:
    """A matter that must be heard is tabled once the report of its hearing is out, or with the exemption its law knows."""
    if not facts.law or facts.reported or facts.exemption:
        return YES
    return no(
        t(
            "依{law}{article}应当听证，还没有公布听证报告。",
            "{law} {article} demands a hearing; no hearing report is out.",
            law=facts.law,
            article=facts.article,
        ),
        "713 Art.16",
        t(
            "举行听证并公布听证报告后再上会；依法可以不听证的，由负责人在“听证要求”里写明依据。",
            "Hold it and publish its report first. Where the law exempts it, the head states the provision under “Required hearing”.",
        ),
        code="hearing_required",
    )


def may_note_need(law: str, article: str, exemption: str, *, noted: bool) -> Decision:
    """What demands a hearing is named by act and article; once noted it is not dropped, only exempted by a provision."""
    if bool(law.strip()) != bool(article.strip()):
        return no(
            t("写明是哪一部法律法规、哪一条。", "Name both the act and the article."),
            "713 Art.16",
            t("例如“《中华人民共和国价格法》”“第二十三条”。", "For example “Price Law”, “Art. 23”."),
            code="no_article",
        )
    if noted and not law.strip():
        return no(
            t("已经写明应当听证，不能改为不需要。", "It was noted that a hearing is required; that is not taken back."),
            "2.1d",
            t("写错的改正条文；依法可以不听证的，由负责人写明依据。", "Correct the provision, or let the head state the exemption."),
            code="need_stands",
        )
    if exemption.strip() and not law.strip():
        return no(
            t("没有规定要听证，不用写不听证的依据。", "Nothing demands a hearing, so there is nothing to exempt."),
            "2.1d",
            t("先写明应当听证的依据。", "First name what demands it."),
            code="nothing_to_exempt",
        )
    return YES
