"""The six steps of the wizard and the dossier's forms: parse and validate, save nothing."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms as django_forms

from mingtang.kernel.text import t
from mingtang.platform.web.fields import DayField, Form, many_of, one_of, passage, tick, words
from mingtang.topics import rules
from mingtang.topics.rules.kinds import STATUS_LABELS
from mingtang.topics.rules.steps import LEGALITY_OUTCOMES, RISK_OUTCOMES

YES_NO = [("yes", t("是", "Yes")), ("no", t("否", "No"))]
CHOOSE = t("请选择", "Choose")


class StepOfWizard(Form):
    """A step may be saved half-filled; `needed` names what the submission needs, so that it is not called optional."""

    needed: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.needed & set(self.fields):
            self.fields[name].needed = True  # type: ignore[attr-defined]  # read by the field's template


class BeginForm(Form):
    """Open a declaration."""

    title = words(t("议题名称", "Title"), hint=t("写全称，如“清河区老旧小区加装电梯补助实施办法”。", "The full title."))
    department = django_forms.ChoiceField(label=t("牵头部门", "Lead department"))  # type: ignore[arg-type]  # rendered by str()
    is_secret = tick(t("涉密议题：只留代号，不写内容、不传文件", "Secret: keep a code name only, no text, no files"))

    def __init__(self, *args: Any, departments: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["department"].choices = [(str(key), name) for key, name in departments]  # type: ignore[attr-defined]  # a ChoiceField


class BasicsForm(StepOfWizard):
    """Step one: what it is about."""

    needed = frozenset({"background", "content", "focus_areas", "touches_interests", "contact"})

    title = words(t("议题名称", "Title"))
    title_en = words(t("英文名称", "Title in English"), limit=300, required=False)
    summary = passage(
        t("一句话说明", "In one sentence"),
        limit=300,
        rows=2,
        required=False,
        hint=t("写给不了解情况的人看，会用在首页和议题页。", "For people who know nothing of it; shown on the home page."),
    )
    background = passage(t("背景和依据", "Background and basis"), required=False, limit=5000)
    content = passage(t("主要内容", "Main content"), required=False, limit=5000)
    differences = passage(t("分歧及协调情况", "Differences and how they were settled"), required=False, limit=3000, rows=3)
    focus_areas = many_of(
        t("重点领域", "Focus areas"),
        list(rules.FOCUS_LABELS.items()),
        required=False,
        hint=t("制度 1.2；关系群众切身利益的至少选一项。", "Regulation 1.2; at least one when it touches people's interests."),
    )
    partners = many_of(t("协办部门", "Joint departments"), [], required=False)
    touches_interests = one_of(t("是否关系群众切身利益", "Does it touch people's interests"), YES_NO, required=False, radio=True)
    contact = words(
        t("联系方式（公开）", "Contact (public)"),
        limit=120,
        required=False,
        hint=t("科室和电话，会随议题公开。", "Section and phone; published."),
    )

    def __init__(self, *args: Any, departments: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if departments:
            self.fields["partners"].choices = [(str(key), name) for key, name in departments]  # type: ignore[attr-defined]  # a MultipleChoiceField
        else:
            del self.fields["partners"]


class SecretForm(Form):
    """Step one of a secret matter: its code name, nothing else."""

    title = words(t("代号", "Code name"), hint=t("不写内容；内容在涉密系统办理。", "No content; that is handled in the classified system."))


class OpennessForm(StepOfWizard):
    """Step two: how it is opened, to whom, why."""

    needed = frozenset({"forms", "form_reason"})

    forms = many_of(t("会议开放形式（可多选）", "Forms of openness"), list(rules.FORM_LABELS.items()), required=False)
    broadcast_url = django_forms.URLField(label=t("直播网址", "Broadcast address"), required=False, assume_scheme="https")  # type: ignore[arg-type]  # rendered by str()
    form_reason = passage(
        t("为什么这样开放", "Why this form"),
        limit=1000,
        rows=2,
        required=False,
        hint=t("制度 3.1 要求精心谋划开放形式；会随议题公开。", "Regulation 3.1; published."),
    )
    seats_total = django_forms.IntegerField(
        label=t("席位合计", "Seats in all"),  # type: ignore[arg-type]  # rendered by str()
        min_value=0,
        max_value=200,
        required=False,
        help_text=t("不填则按各类相加。", "Added up when left empty."),  # type: ignore[arg-type]  # rendered by str()
    )
    closing_ground = one_of(
        t("不开放的法定依据", "Legal ground for closing"), list(rules.GROUND_LABELS.items()), required=False, empty=CHOOSE
    )
    closing_reason = passage(t("不开放的理由", "Reason for closing"), limit=1000, rows=2, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in rules.AUDIENCE_LABELS.items():
            self.fields[f"seats_{name}"] = django_forms.IntegerField(
                label=t("{who}：席位", "{who}: seats", who=label),  # type: ignore[arg-type]  # rendered by str()
                min_value=0,
                max_value=100,
                required=False,
            )
            self.fields[f"why_{name}"] = words(t("{who}：为什么请", "{who}: why", who=label), limit=500, required=False)

    def clean(self) -> dict[str, Any]:
        """A reason for an audience without seats is named, not lost."""
        data = super().clean() or self.cleaned_data
        if "seats_total" not in self.errors and data.get("seats_total") is None:
            data["seats_total"] = sum(data.get(f"seats_{name}") or 0 for name in rules.AUDIENCE_LABELS)
        for name in rules.AUDIENCE_LABELS:
            if data.get(f"why_{name}") and not data.get(f"seats_{name}") and f"seats_{name}" not in self.errors:
                self.add_error(f"seats_{name}", str(t("写了为什么请，还没有填席位。", "There is a reason but no seat.")))
        return data

    @property
    def audience_rows(self) -> list[dict[str, Any]]:
        """The audiences with their two fields, for the table of the page."""
        return [
            {"label": label, "seats": self[f"seats_{name}"], "why": self[f"why_{name}"]} for name, label in rules.AUDIENCE_LABELS.items()
        ]

    def audiences(self) -> dict[str, tuple[int, str]]:
        """Audience to seats and rationale, of those with seats."""
        data = self.cleaned_data
        return {name: (data[f"seats_{name}"], data[f"why_{name}"]) for name in rules.AUDIENCE_LABELS if data.get(f"seats_{name}")}


class MajorForm(StepOfWizard):
    """Step three, first half: is it a major decision."""

    needed = frozenset({"is_major"})

    is_major = one_of(t("是否重大行政决策", "Is it a major administrative decision"), YES_NO, required=False, radio=True)
    major_category = one_of(t("类别", "Category"), list(rules.CATEGORY_LABELS.items()), required=False, empty=CHOOSE)
    exclusion = one_of(t("不属于的理由", "Why not"), list(rules.EXCLUSION_LABELS.items()), required=False, empty=CHOOSE)


OUTCOMES = [*LEGALITY_OUTCOMES.items(), *RISK_OUTCOMES.items()]


class StepForm(Form):
    """One statutory step."""

    status = one_of(t("进展", "Progress"), [(key, label) for key, label in STATUS_LABELS.items() if key != "open"])
    started_on = DayField(label=t("开始日期", "Began on"), required=False)
    done_on = DayField(label=t("完成日期", "Done on"), required=False)
    outcome = one_of(t("结论", "Outcome"), OUTCOMES, required=False, empty=CHOOSE)
    people = django_forms.IntegerField(label=t("参加人数", "People"), min_value=0, max_value=10000, required=False)  # type: ignore[arg-type]  # rendered by str()
    reason = words(t("说明；不需要的写明理由", "Note; the reason when not needed"), limit=500, required=False)
    document_id = one_of(
        t("结论文件", "Its document"),
        [],
        required=False,
        hint=t("先在“文件”里附上，再在这里选。", "Attach it among the documents first, then choose it here."),
    )

    def __init__(self, *args: Any, kind: str, documents: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["document_id"].choices = [("", CHOOSE), *((str(key), name) for key, name in documents)]  # type: ignore[attr-defined]  # a ChoiceField
        wanted = {"legality": LEGALITY_OUTCOMES, "risk": RISK_OUTCOMES}.get(kind)
        if wanted is None:
            del self.fields["outcome"]
        else:
            self.fields["outcome"].choices = [("", CHOOSE), *wanted.items()]  # type: ignore[attr-defined]  # a ChoiceField
        if kind not in {"expert", "participation"}:
            del self.fields["people"]

    def clean_document_id(self) -> int | None:
        """The id of the chosen document."""
        return int(self.cleaned_data["document_id"]) if self.cleaned_data["document_id"] else None

    def clean_people(self) -> int:
        """Nobody when left empty."""
        return self.cleaned_data["people"] or 0


class PapersForm(StepOfWizard):
    """Step four: disclosure and interpretation."""

    needed = frozenset({"disclosure", "interpretation_plan"})

    disclosure = one_of(t("公开属性", "Disclosure"), list(rules.DISCLOSURE_LABELS.items()), required=False, radio=True)
    disclosure_ground = one_of(
        t("不公开的依据", "Ground for not publishing"), list(rules.GROUND_LABELS.items()), required=False, empty=CHOOSE
    )
    interpretation_plan = passage(
        t("解读方案", "Plan for interpretation"),
        limit=2000,
        required=False,
        rows=3,
        hint=t("谁来解读、用什么形式、何时发布；解读与文件同时公布。", "Who interprets, in which form, when; published with the document."),
    )


class DocumentForm(Form):
    """Attach one document."""

    kind = one_of(t("文件类型", "Kind"), list(rules.DOCUMENT_LABELS.items()))
    title = words(t("文件标题", "Title"), required=False, hint=t("不填用文件名。", "The file name is used when left empty."))
    number = words(t("文号", "Number"), limit=60, required=False)
    issuer = words(t("制发机关", "Issued by"), limit=80, required=False)
    dated_on = DayField(label=t("成文日期", "Dated"), required=False)
    upload = django_forms.FileField(
        label=t("文件", "File"),  # type: ignore[arg-type]  # rendered by str()
        help_text=t(  # type: ignore[arg-type]  # rendered by str()
            "PDF、DOCX、XLSX、ODT、TXT、MD、CSV、PNG、JPG，不超过 20 MB。", "PDF, DOCX, XLSX, ODT, TXT, MD, CSV, PNG or JPG, at most 20 MB."
        ),
    )
    disclosure = one_of(t("公开属性", "Disclosure"), list(rules.DOCUMENT_DISCLOSURES.items()))
    ground = one_of(t("不公开的依据", "Ground"), list(rules.GROUND_LABELS.items()), required=False, empty=CHOOSE)
    redacted = django_forms.FileField(
        label=t("遮盖后的副本", "Redacted copy"),  # type: ignore[arg-type]  # rendered by str()
        required=False,
        help_text=t(  # type: ignore[arg-type]  # as above
            "部分公开时必填；公众看到的是这一份，原件只留内部。",
            "For documents public in part; this is what the public sees, the original stays inside.",
        ),
    )
    parts = passage(
        t("遮盖了哪里、为什么", "What is withheld and why"),
        limit=3000,
        rows=3,
        required=False,
        hint=t("一行一处，写成“第 3 页联系电话：含个人联系方式”，会公开。", "One place a line: “page 3, phone: personal data”; published."),
    )

    def clean_parts(self) -> list[tuple[str, str]]:
        """Lines as (where, why); a line without a colon is named."""
        found = []
        for line in self.cleaned_data["parts"].splitlines():
            place, colon, reason = line.replace(":", "：", 1).partition("：")
            if not line.strip():
                continue
            if not colon or not reason.strip() or not place.strip():
                raise django_forms.ValidationError(
                    t("“{line}”缺少冒号，请写成“哪里：为什么”。", "“{line}” lacks a colon; write “where: why”.", line=line.strip()[:40])  # type: ignore[arg-type]  # rendered by str()
                )
            found.append((place.strip()[:120], reason.strip()[:300]))
        return found


class MeetingForm(StepOfWizard):
    """Step five: which meeting, when."""

    needed = frozenset({"meeting_kind", "wished_on"})

    meeting_kind = one_of(t("拟上会议类型", "Kind of meeting"), list(rules.KIND_LABELS.items()), required=False, radio=True)
    wished_on = DayField(label=t("希望上会日期", "Wished day"), required=False)


class ReasonForm(Form):
    """A reason for returning, reopening, withdrawing."""

    reason = passage(t("理由", "Reason"), limit=1000, rows=3)


class RemarkForm(Form):
    """An optional remark with an approval."""

    remark = words(t("意见（选填）", "Remark"), limit=500, required=False)
