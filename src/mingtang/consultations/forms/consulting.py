"""The notice, the draft as a whole, opinions, groups, the report."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from mingtang.consultations.rules import CHANNEL_LABELS, CONSULTATION_KINDS, MASK_LABELS, REASON_LABELS, STANCE_LABELS, VERDICT_LABELS
from mingtang.consultations.rules.opinions import OFFLINE, WITHHOLD_LABELS
from mingtang.kernel.text import Text, t
from mingtang.platform.web.fields import DayField, Form, one_of, passage, words

ELSEWHERE = frozenset({"pending_elsewhere"})
CHOOSE = t("请选择", "Choose")


def _upload(label: Text, hint: Text, *, required: bool = True) -> django_forms.FileField:
    return django_forms.FileField(label=label, help_text=hint, required=required)  # type: ignore[arg-type]  # rendered by str()


class ConsultationForm(Form):
    """The notice."""

    kind = one_of(
        t("征求意见类型", "Kind"), list(CONSULTATION_KINDS.items()), hint=t("决定法定最短期限。", "Settles the shortest lawful period.")
    )
    summary = passage(
        t("大白话说明", "In plain words"),
        limit=1500,
        required=False,
        hint=t("两三句话说清楚要做什么、为什么。", "Two or three sentences on what and why."),
    )
    effects = passage(
        t("对谁有什么影响", "What changes for whom"),
        limit=3000,
        required=False,
        hint=t(
            "一行一类人，写成“住在河边的人：22 点以后路灯减半”。", "One group a line, as “People by the river: lamps dimmed after 22:00”."
        ),
    )
    questions = passage(t("想请大家回答的问题", "Questions we ask"), limit=1500, rows=3, required=False)
    contact = words(t("联系方式", "Contact"), limit=200, required=False)
    ways = passage(
        t("提意见的其他办法", "Other ways to take part"),
        limit=1500,
        rows=4,
        required=False,
        hint=t("一行一种，写成“电话：0000-0000000，工作日”。", "One a line, as “Phone: 0000-0000000, weekdays”."),
    )
    announced_in = words(
        t("公布渠道", "Announced in"),
        limit=300,
        required=False,
        hint=t("用顿号分开，如“政府网站、街道公告栏、微信公众号”。", "Separated by 、, for instance website、notice boards."),
    )
    closes_on = DayField(
        label=t("截止日期", "Closing day"),
        required=False,
        help_text=t("到这一天 24:00 为止；期限从公布次日起算。", "Until 24:00 of this day; the period counts from the day after opening."),
    )
    shorten_reason = passage(t("缩短期限的理由（会公开）", "Reason for a shorter period (published)"), limit=1000, rows=2, required=False)
    verified_only_reason = passage(
        t("网上只收核验过身份的意见：理由（会公开）", "On the web, verified opinions only: the reason (published)"),
        limit=500,
        rows=2,
        required=False,
        hint=t(
            "一般留空，谁都可以提。填了，不核验的人只能交纸质意见或到现场，须在“其他办法”写明。",
            "Leave empty as a rule, so that anybody can comment. If filled in, others go by paper or in person, as “Other ways” must say.",
        ),
    )

    def __init__(self, *args: Any, verifies: bool = False, **options: Any) -> None:
        """`verifies`: people can be verified here; otherwise nobody is asked about it."""
        super().__init__(*args, **options)
        if not verifies:
            del self.fields["verified_only_reason"]

    def clean_effects(self) -> list[tuple[str, str]]:
        """Lines as (who, what); a line without a colon is named."""
        found = []
        for line in self.cleaned_data["effects"].splitlines():
            who, colon, what = line.replace(":", "：").partition("：")
            if not line.strip():
                continue
            if not colon or not what.strip():
                raise django_forms.ValidationError(
                    t("“{line}”缺少冒号，请写成“谁：怎样”。", "“{line}” lacks a colon; write “who: what”.", line=line.strip()[:40])  # type: ignore[arg-type]  # rendered by str()
                )
            found.append((who.strip()[:60], what.strip()[:300]))
        return found


class DraftForm(Form):
    """The draft as a whole: pasted, or from a file."""

    text = passage(
        t("草案全文", "The whole draft"),
        limit=100_000,
        rows=16,
        required=False,
        hint=t("按“第一条　……”分条；识别后可逐条改。", "Each clause begins with its number; clauses can be edited one by one afterwards."),
    )
    upload = _upload(
        t("或从文件导入", "Or from a file"),
        t("DOCX、ODT、PDF（有文字层）、MD、TXT。", "DOCX, ODT, PDF with text, MD or TXT."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not data.get("text", "").strip() and not data.get("upload"):
            raise django_forms.ValidationError(t("请粘贴草案或选择文件。", "Paste the draft or choose a file."))  # type: ignore[arg-type]  # rendered by str()
        return data


class ClauseForm(Form):
    """One clause."""

    label = words(t("条号", "Number"), limit=40)
    heading = words(t("条名", "Heading"), limit=120, required=False)
    text = passage(t("条文", "Text"), limit=5000, rows=4)
    now_text = passage(t("现行规定（对照用）", "The rule now in force"), limit=3000, rows=2, required=False)
    plain = passage(t("大白话", "In plain words"), limit=1000, rows=2, required=False)


class ReviewForm(Form):
    """A remark with a review."""

    remark = words(t("审核意见（选填）", "Remark"), limit=500, required=False)


class ExtendForm(Form):
    """A longer period."""

    closes_on = DayField(label=t("新的截止日期", "New closing day"))
    reason = passage(t("延长的理由（公开）", "Reason (published)"), limit=500, rows=2)


class KeyInForm(Form):
    """An opinion from paper, phone or a meeting, keyed in by a clerk."""

    channel = one_of(t("来源", "Source"), [(key, CHANNEL_LABELS[key]) for key in CHANNEL_LABELS if key in OFFLINE], radio=True)
    clause = one_of(t("条款", "Clause"), [], required=False, empty=t("对整个草案", "The whole draft"))
    stance = one_of(t("态度", "Stance"), list(STANCE_LABELS.items()), radio=True)
    text = passage(t("意见原文", "The opinion as given"), rows=5)
    name = words(t("提出人（不公开）", "By (not published)"), limit=60, required=False)
    phone = words(t("电话（不公开）", "Phone (not published)"), limit=40, required=False)
    token = django_forms.CharField(max_length=64, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, clauses: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["clause"].choices = [("", t("对整个草案", "The whole draft")), *((str(key), name) for key, name in clauses)]  # type: ignore[attr-defined]  # a ChoiceField


class ImportForm(Form):
    """A file of opinions and which column is which."""

    upload = _upload(t("文件", "File"), t("CSV、XLSX 或 JSONL，第一行是列名。", "CSV, XLSX or JSONL; the first row names the columns."))
    channel = one_of(t("来源", "Source"), [(key, CHANNEL_LABELS[key]) for key in CHANNEL_LABELS if key in OFFLINE])
    text = words(t("意见所在列", "Column of the text"), limit=60, hint=t("必填，如“意见”。", "Required, for instance text."))
    author = words(
        t("提出人所在列", "Column of the author"),
        limit=60,
        required=False,
        hint=t("用来数不同的人，不公开。", "Counts distinct people; not published."),
    )
    stance = words(t("态度所在列", "Column of the stance"), limit=60, required=False)
    clause = words(t("条号所在列", "Column of the clause"), limit=60, required=False)
    received = words(
        t("收到日期所在列", "Column of the day of receipt"),
        limit=60,
        required=False,
        hint=t("不填就记今天。", "Today when left empty."),
    )
    id = words(
        t("编号所在列", "Column of the number"),
        limit=60,
        required=False,
        hint=t("重复导入时据此去重。", "Rows known by this number are not taken twice."),
    )


class WithholdForm(Form):
    """Why an opinion is not shown."""

    code = one_of(t("不显示的理由", "Reason"), [each for each in WITHHOLD_LABELS.items() if each[0] not in ELSEWHERE])
    note = words(t("补充说明（公开）", "Note (published)"), limit=300, required=False)
    kept = words(
        t("同一人重复：保留哪一条", "Duplicate: which one is kept"),
        limit=40,
        required=False,
        hint=t("回执号；不填则保留同一人最早的一条。", "Its receipt; left empty, the oldest by the same person is kept."),
    )


class MaskForm(Form):
    """Which words are blacked out, and why."""

    quote = words(
        t("照抄要遮盖的几个字", "Copy the words to black out"),
        limit=300,
        required=False,
        hint=t("与原文一字不差。", "Exactly as in the text."),
    )
    code = one_of(t("遮盖的理由（公开）", "Reason (published)"), list(MASK_LABELS.items()))


class AppealForm(Form):
    """Why a withheld opinion should be shown."""

    words = passage(
        t("为什么应当显示", "Why it should be shown"),
        limit=2000,
        rows=4,
        hint=t(
            "由没有经手这一决定的人复议；每个决定可以申诉一次。",
            "Somebody who had no part in the decision decides; one appeal for each decision.",
        ),
    )


class AnswerForm(Form):
    """A verdict with its reason."""

    verdict = one_of(t("处理", "Verdict"), list(VERDICT_LABELS.items()), radio=True)
    reason = passage(
        t("理由", "Reason"),
        limit=2000,
        rows=4,
        required=False,
        hint=t(
            "写给提意见的人看：为什么、依据什么、还能怎么办。除“采纳”外都要写。",
            "For the people who said so: why, on what basis, what else can be done. Required unless fully adopted.",
        ),
    )
    reason_code = one_of(
        t("理由类别", "Kind of reason"),
        [("", t("不分类", "None of these")), *REASON_LABELS.items()],
        required=False,
        hint=t("用来统计；选“法律法规另有规定”的，要写明法律依据。", "For counting; “The law rules it out” needs the provision."),
    )
    legal_ref = words(t("法律依据", "Legal reference"), required=False)
    landed_in = words(t("落在何处", "Where it landed"), required=False, hint=t("如“第六条第二款”。", "For instance Art. 6(2)."))


class CorrectionForm(AnswerForm):
    """A published answer as it shall read, and why."""

    why = words(
        t("为什么更正（会公开）", "Why it is corrected (published)"),
        limit=500,
        hint=t("如“原答复引用的条款有误”。", "For instance “the provision cited was wrong”."),
    )


class OwnReplyForm(Form):
    """Words for one opinion beside the answer of its group."""

    text = passage(
        t("给这一条的补充答复", "Further reply to this one"),
        limit=2000,
        rows=3,
        required=False,
        hint=t("与本组答复一起给提出人看；留空即取消。", "Read by its author with the group's answer; leave empty to take it back."),
    )


class ReportForm(Form):
    """The report's own words."""

    number = words(t("文号", "Number"), limit=60, required=False)
    intro = passage(
        t("总体情况", "Introduction"),
        limit=5000,
        rows=6,
        required=False,
        hint=t(
            "征集的时间、方式、总数和总体看法；各组的处理和理由会自动列在后面。",
            "When and how opinions were gathered, how many, the general picture; the groups follow by themselves.",
        ),
    )
