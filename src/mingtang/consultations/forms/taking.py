"""What somebody without an account fills in: an opinion, a supplement, whether the reply answered."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from mingtang.consultations.rules import STANCE_LABELS
from mingtang.consultations.rules.anchoring import LONGEST, sentences
from mingtang.consultations.rules.taking import BEHALF_LABELS, HELPED_LABELS
from mingtang.kernel.text import t
from mingtang.platform.web.fields import FilesField, Form, one_of, passage, tick, words
from mingtang.topics.rules import AUDIENCE_LABELS

ASKED_STANCES = [(key, label) for key, label in STANCE_LABELS.items() if key != "none"]
SHORT = 44


class OpinionForm(Form):
    """An opinion from the web: no account needed."""

    stance = one_of(t("您的态度", "Your stance"), ASKED_STANCES, radio=True)
    text = passage(
        t("写下意见", "Your opinion"),
        limit=2000,
        rows=6,
        hint=t(
            "写清哪里、什么时间、希望怎么改。请勿写身份证号、手机号、门牌号。",
            "Say where, when and what should change. Please write no ID numbers, phone numbers or house numbers.",
        ),
    )
    sentence = one_of(t("引用哪一句", "Quote this sentence"), [], required=False, empty=t("不引用，对整条", "None: the whole clause"))
    quote = passage(
        t("或照抄要说的几个字", "Or copy the words you mean"),
        limit=LONGEST,
        rows=2,
        required=False,
        hint=t("也可以直接在条文里选中文字。", "You can also select the words in the clause itself."),
    )
    quote_start = django_forms.IntegerField(required=False, min_value=0, max_value=100_000, widget=django_forms.HiddenInput)
    proposed = passage(
        t("建议改成", "Proposed wording"),
        limit=1000,
        rows=3,
        required=False,
        hint=t("写出改后的文字，公开时会标出增删。", "Write the new wording; it is shown as a change."),
    )
    source_url = django_forms.URLField(
        label=t("依据或来源的网址", "Link to a source"),  # type: ignore[arg-type]  # rendered by str()
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    on_behalf = one_of(t("代表谁提", "For whom"), list(BEHALF_LABELS.items()), radio=True, required=False)
    organisation = words(
        t("单位或组织名称", "Name of the organisation"),
        limit=100,
        required=False,
        hint=t("只在代表单位或组织时填，会公开。", "Only for an organisation; it is published."),
    )
    audience = one_of(t("您的身份（选填）", "You speak as"), list(AUDIENCE_LABELS.items()), required=False, empty=t("不说明", "Not stated"))
    uploads = FilesField(
        label=t("附件", "Attachments"),
        required=False,
        at_most=3,
        help_text=t(
            "PDF、DOCX、PNG、JPG、TXT，最多 3 个；只供工作人员查看。", "PDF, DOCX, PNG, JPG or TXT, at most 3; seen by staff only."
        ),
    )
    publish_consent = tick(t("公开这条意见（署“匿名”，审核后显示）", "Publish this opinion (as “anonymous”, after moderation)"))
    name = words(
        t("姓名或称呼", "Name"),
        limit=60,
        required=False,
        hint=t("不公开，页面上只显示“匿名”。", "Not published; the page says “anonymous”."),
    )
    email = django_forms.EmailField(
        label=t("电子邮箱", "E-mail"),  # type: ignore[arg-type]  # rendered by str()
        required=False,
        help_text=t("用来收回执和答复，不公开。", "For the receipt and the answer; not published."),  # type: ignore[arg-type]  # as above
    )
    phone = words(t("电话", "Phone"), limit=40, required=False)
    as_verified = tick(t("以“已核验”提交", "Send as “verified”"))
    token = django_forms.CharField(max_length=64, widget=django_forms.HiddenInput)
    proof = django_forms.CharField(max_length=200, required=False, widget=django_forms.HiddenInput)
    clause = django_forms.CharField(max_length=12, required=False, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, clause_text: str = "", bare: bool = False, **options: Any) -> None:
        """`clause_text` gives the sentences to choose from; `bare` asks for no words, as one joins somebody else's."""
        super().__init__(*args, **options)
        self.sentences = sentences(clause_text)
        short = [each if len(each) <= SHORT else f"{each[:SHORT]}…" for each in self.sentences]
        listed = [(str(n), each) for n, each in enumerate(short)]
        self.fields["sentence"].choices = [("", t("不引用，对整条", "None: the whole clause")), *listed]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["sentence"].widget.attrs["data-sentences"] = ""
        if bare:
            self.fields["stance"].required = self.fields["text"].required = False

    def clean_on_behalf(self) -> str:
        """A person's own unless said otherwise."""
        return self.cleaned_data["on_behalf"] or "person"

    def clean(self) -> dict[str, Any]:
        """A sentence that was chosen is the quotation unless words were copied."""
        data = super().clean() or {}
        chosen = data.get("sentence")
        if chosen and not data.get("quote", "").strip():
            data["quote"] = self.sentences[int(chosen)]
        return data


class SupplementForm(Form):
    """Something to add to an opinion."""

    text = passage(t("补充的话", "What you want to add"), limit=2000, rows=4)
    token = django_forms.CharField(max_length=64, widget=django_forms.HiddenInput)


class HelpedForm(Form):
    """Whether the reply answered."""

    answer = one_of(t("这个答复回答了您吗？", "Did the reply answer you?"), list(HELPED_LABELS.items()), radio=True)
    why = passage(t("为什么（选填）", "Why (optional)"), limit=500, rows=2, required=False)
