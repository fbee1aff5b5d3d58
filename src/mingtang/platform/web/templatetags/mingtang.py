"""The words and small shapes of every page. Loaded everywhere as a builtin."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from mingtang.kernel.decision import Decision
from mingtang.kernel.text import Text, spoken_language
from mingtang.kernel.text import t as both
from mingtang.platform.clock import local

register = template.Library()

WEEKDAYS = (("一", "Mon"), ("二", "Tue"), ("三", "Wed"), ("四", "Thu"), ("五", "Fri"), ("六", "Sat"), ("日", "Sun"))
LAWS = {
    "713": ("《重大行政决策程序暂行条例》", "Interim Regulation on Major Administrative Decisions"),
    "711": ("《政府信息公开条例》", "Regulation on Open Government Information"),
}
SHORT_LAWS = {"713": ("条例", "Decree 713"), "711": ("公开条例", "Decree 711")}
DAY_HINT = both("年-月-日，例如 2026-12-01。", "Year-month-day, such as 2026-12-01; your browser may show the parts in another order.")
DIGITS = "零一二三四五六七八九"


@register.simple_tag
def t(zh: str, en: str, **values: object) -> str:
    """A sentence in the language being spoken: ``{% t "共 {n} 件" "{n} in all" n=count %}``."""
    return str(both(zh, en, **values))


@register.filter
def say(words: object) -> str:
    """A `Text` or anything else in the language being spoken."""
    return "" if words is None else str(words)


@register.simple_tag
def day(value: date | datetime | None, *, empty: str = "—") -> SafeString:
    """A day as ``2026-11-24`` in a ``<time>`` element."""
    if value is None:
        return SafeString(escape(empty))
    on = local(value).date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), on.isoformat())


@register.simple_tag
def at(value: datetime | None, *, empty: str = "—") -> SafeString:
    """An instant as ``2026-11-24 09:30`` on a Chinese clock in a ``<time>`` element."""
    if value is None:
        return SafeString(escape(empty))
    here = local(value)
    return format_html('<time datetime="{}">{}</time>', here.isoformat(timespec="minutes"), here.strftime("%Y-%m-%d %H:%M"))


@register.simple_tag
def clock_time(value: datetime | None) -> SafeString:
    """The time of day only."""
    return (
        format_html('<time datetime="{}">{}</time>', local(value).isoformat(timespec="minutes"), local(value).strftime("%H:%M"))
        if value
        else SafeString("—")
    )


@register.filter
def weekday(value: date | datetime) -> str:
    """周五 / Fri."""
    on = local(value).date() if isinstance(value, datetime) else value
    zh, en = WEEKDAYS[on.weekday()]
    return f"周{zh}" if spoken_language() == "zh" else en


@register.filter
def hanzi_digits(value: int) -> str:
    """A year or number in Chinese digits for a title slip: 2026 gives 二〇二六."""
    return "".join("〇" if each == "0" else DIGITS[int(each)] for each in str(value))


def article_number(number: int) -> str:
    """15 gives 十五: numbers of articles up to 99."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return head + (DIGITS[ones] if ones else "") or "零"


@register.filter
def clause(reference: str, length: str = "full") -> str:
    """A clause id as people cite it: ``3.2a`` → 制度 3.2, ``713 Art.15`` → 《…条例》第十五条.

    ``|clause:"short"`` names the law briefly, for narrow columns. What is no id stays as it is.
    """
    if not reference:
        return ""
    law, _, article = reference.partition(" Art.")
    names = SHORT_LAWS if length == "short" else LAWS
    zh = spoken_language() == "zh"
    if law in LAWS and article:
        number = article.split("(")[0]
        if not number.isdigit():
            return reference
        return f"{names[law][0]}第{article_number(int(number))}条" if zh else f"{names[law][1]}, Art. {number}"
    if reference[0].isdigit() and "." in reference:
        return f"制度 {reference.rstrip('abcdef')}" if zh else f"Regulation {reference.rstrip('abcdef')}"
    return reference


@register.filter
def breaks(title: object) -> SafeString:
    """A title with a break allowed at each stored ``|`` and after Chinese full stops of thought."""
    parts = str(title).replace("（", "|（").split("|")
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts if part))


@register.filter
def prose(text: object, title: object = "") -> SafeString:
    """Plain text as paragraphs: a line is a paragraph, ``#`` begins a heading; a heading like `title` is left out."""
    plain = str(title).replace("|", "")
    parts = []
    for line in (each.strip() for each in str(text or "").splitlines()):
        words = line.lstrip("#").strip()
        if words and line.startswith("#"):
            parts.append(format_html('<h2 class="h3 s-xs">{}</h2>', words) if words != plain else "")
        elif words:
            parts.append(format_html("<p>{}</p>", words))
    return format_html_join("", "{}", ((part,) for part in parts))


@register.filter
def file_size(count: int | None) -> str:
    """416 KB, 1.2 MB."""
    if not count:
        return ""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"


@register.filter
def labelled(line: str) -> SafeString:
    """“电话：0000” with its label in bold on a line of its own; a line without a label stays as it is."""
    label, mark, rest = line.replace(": ", "：").partition("：")
    return format_html("<b>{}</b><br>{}", label, rest) if mark and rest.strip() else format_html("{}", line)


@register.filter
def spaced(words: object) -> SafeString:
    """Unit and name with a break allowed between them, never inside the name."""
    return format_html_join(" ", '<span class="nb">{}</span>', ((part,) for part in str(words).split()))


@register.filter
def format_name(suffix: str) -> str:
    """What people call a format: PDF stays PDF, plain text files are “文本”."""
    return str(both("文本", "Text")) if suffix.upper() in {"MD", "TXT"} else suffix.upper()


@register.filter
def percent(part: int, whole: int) -> int:
    """A share in whole percents; 0 of nothing."""
    return round(100 * part / whole) if whole else 0


@register.filter
def item(mapping: Mapping[Any, Any], key: object) -> object:
    """``mapping[key]``, or nothing."""
    return mapping.get(key, "")


@register.simple_tag
def state(label: object, kind: str = "") -> SafeString:
    """A state mark: shape first, colour second. Kinds: full, half, hatch, none, now, late, pass, out, closed."""
    return format_html('<span class="st{}">{}</span>', f" st--{kind}" if kind else "", str(label))


@register.inclusion_tag("web/parts/ratio.html")
def ratio(counts: Any, *, large: bool = False, words: bool = True) -> dict[str, Any]:
    """The bar of verdicts; `counts` has adopted, partly, covered, not_adopted, other, total."""
    return {"counts": counts, "large": large, "words": words}


@register.inclusion_tag("web/parts/bar.html")
def bar(number: int, most: int) -> dict[str, Any]:
    """One bar of a bar chart: `number` against the greatest value shown, 0 drawn as a hairline."""
    return {"number": number, "width": percent(number, most)}


@register.inclusion_tag("web/parts/clock.html")
def deadline(due_on: date | None, began_on: date | None, today: date) -> dict[str, Any]:
    """Days left as words and, when the start is known, as at most ten cells."""
    if due_on is None:
        return {"due_on": None}
    left = (due_on - today).days
    total = max((due_on - began_on).days, 1) if began_on else 0
    cells = min(total, 10)
    used = min(cells, max(0, round(cells * (total - left) / total))) if total else 0
    return {"due_on": due_on, "left": left, "late": -left, "cells": [index < used for index in range(cells)]}


@register.inclusion_tag("web/parts/field.html")
def field(bound: Any, *, small: bool = False, rows: int = 0, label: str = "", hint: str = "") -> dict[str, Any]:
    """One form field our way: label, hint, error above the input, counter below a long text.

    `label` and `hint` replace the form's own words; `rows` sets the height of a text area.
    """
    widget = bound.field.widget
    kind = getattr(widget, "input_type", widget.__class__.__name__.lower())
    if rows:
        widget.attrs["rows"] = rows
    if bound.errors and kind in {"date", "datetime-local"}:
        widget.input_type = "text"  # a browser's own picker would drop the day that was typed
    if label:
        widget.attrs.pop("placeholder", None)  # the label says it; others' placeholders speak one language
    if kind == "date" and not hint and not bound.help_text:
        hint = str(DAY_HINT)
    if hint and not bound.help_text:
        bound.field.help_text = bound.help_text = hint
    return {
        "field": bound,
        "label": label or bound.label,
        "hint": hint,
        "many": kind in {"radio", "checkbox"} and hasattr(widget, "choices"),
        "single": kind == "checkbox" and not hasattr(widget, "choices"),
        "small": small,
        "counted": kind == "textarea" and widget.attrs.get("maxlength"),
    }


@register.inclusion_tag("web/parts/refusal.html")
def refusal(decision: Decision) -> dict[str, Any]:
    """A refusal in three parts: what stands in the way, on what basis, what to do."""
    return {"refusals": decision.refusals, "url": decision.url}


@register.inclusion_tag("web/parts/ledger.html")
def ledger(stages: list[Any]) -> dict[str, Any]:
    """The stage ledger of a matter."""
    return {"stages": stages, "size": len(stages)}


@register.inclusion_tag("web/parts/chain.html")
def chain(entries: list[Any], shown: int = 6) -> dict[str, Any]:
    """The chain of a matter, newest first: `shown` entries (half of them on a phone), the rest folded."""
    near = (shown + 1) // 2
    return {"first": entries[:near], "middle": entries[near:shown], "rest": entries[shown:]}


@register.inclusion_tag("web/parts/documents.html")
def documents(links: Any) -> dict[str, Any]:
    """A list of documents with kind or number, format and size."""
    return {"links": links}


@register.inclusion_tag("web/parts/tomb.html")
def tombstone(tomb: Any) -> dict[str, Any]:
    """What stands in place of something lawfully withheld."""
    return {"tomb": tomb}


@register.inclusion_tag("web/parts/pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """Links to the first and the next page of a keyed list, keeping the filters."""
    request = context["request"]
    kept = request.GET.copy()
    kept.pop("after", None)
    return {"page": page, "kept": kept.urlencode(), "path": request.path}


@register.inclusion_tag("web/parts/planner.html")
def planner(plan: Any) -> dict[str, Any]:
    """The deadline planner as a drawing for the desk and a list for phones and screen readers."""
    return {"plan": plan, "drawing": plan.drawing() if plan else None}


@register.filter
def sentence(value: object) -> str:
    """Yes or no in words."""
    if isinstance(value, Text):
        return str(value)
    return str(both("是", "yes") if value else both("否", "no"))


@register.filter
def unlocalized(number: float) -> str:
    """A coordinate with a decimal point, whatever the language."""
    return format(number, "g")
