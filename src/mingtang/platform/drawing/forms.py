"""Forms of a draw: the announced randomness, the figures of the day, a correction."""

from __future__ import annotations

from typing import Any

from mingtang.engines.lottery.randomness import DICE, FIGURES, KINDS, OFFICES
from mingtang.kernel.text import Text, t
from mingtang.platform.web.fields import DayField, Form, number, one_of, tick, words

SOURCES = (1, 2, 3)


class SourceForm(Form):
    """The public source of randomness, named before anybody can know it."""

    kind = one_of(t("随机数从哪里来", "Where the randomness comes from"), [(key, each.label) for key, each in KINDS.items()], radio=True)
    day = DayField(label=t("哪一天", "On which day"))
    place = words(t("掷骰的地点", "Place of the dice"), limit=120, required=False)
    witnesses = words(
        t("见证人", "Witnesses"),
        limit=300,
        required=False,
        hint=t("用顿号隔开，写单位和身份，例如区公证处。", "Separated by commas; offices rather than names."),
    )
    faces = number(t("骰子面数", "Faces of the die"), required=False)
    throws = number(
        t("掷几次", "Throws"),
        required=False,
        hint=t("六面的至少 25 次，二十面的至少 15 次。", "A die of six faces 25 times or more, one of twenty 15 times or more."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for n in SOURCES:
            self.fields[f"figure_{n}"] = words(
                t("第 {n} 组数：名称和期号", "Figures {n}: name and issue", n=n),
                required=False,
                hint=t("例如某彩票第 140 期红球。", "Such as a lottery, issue 140, red."),
            )
            self.fields[f"count_{n}"] = number(t("第 {n} 组：几个数", "Figures {n}: how many", n=n), required=False)
            self.fields[f"order_{n}"] = tick(
                t("第 {n} 组：次序算数（不勾则从小到大）", "Figures {n}: the order counts (otherwise sorted)", n=n)
            )
            self.fields[f"office_{n}"] = words(t("第 {n} 个机构", "Office {n}", n=n), required=False)
            self.fields[f"commitment_{n}"] = words(t("第 {n} 个机构的承诺值", "Commitment of office {n}", n=n), limit=64, required=False)
        self.speak()

    def groups(self) -> dict[str, list[Any]]:
        """The fields of each kind, for the page."""
        return {
            FIGURES: [self[f"{name}_{n}"] for n in SOURCES for name in ("figure", "count", "order")],
            DICE: [self[name] for name in ("place", "witnesses", "faces", "throws")],
            OFFICES: [self[f"{name}_{n}"] for n in SOURCES for name in ("office", "commitment")],
        }

    def source(self) -> dict[str, Any]:
        """The announcement as the engine reads it."""
        data = self.cleaned_data
        said: dict[str, Any] = {"kind": data["kind"], "day": data["day"].isoformat()}
        if data["kind"] == FIGURES:
            named = [n for n in SOURCES if data[f"figure_{n}"]]
            return {
                **said,
                "sources": [{"name": data[f"figure_{n}"], "count": data[f"count_{n}"], "order": data[f"order_{n}"]} for n in named],
            }
        if data["kind"] == DICE:
            seen = [each.strip() for each in data["witnesses"].replace(",", "、").replace("，", "、").split("、") if each.strip()]
            return {**said, "place": data["place"], "witnesses": seen, "faces": data["faces"], "throws": data["throws"]}
        offices = [{"name": data[f"office_{n}"], "commitment": data[f"commitment_{n}"].lower()} for n in SOURCES if data[f"office_{n}"]]
        return {**said, "offices": offices}


class RevealForm(Form):
    """The public figures, a line for each source."""

    def __init__(self, *args: Any, sources: tuple[Text, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        for place, label in enumerate(sources):
            self.fields[f"v{place}"] = words(label, limit=4000, hint=t("数与数之间空一格。", "A space between two figures."))
        self.speak()
        self.order_fields(self.field_order)

    def values(self) -> list[list[str]]:
        """The figures of each source."""
        places = [name for name in self.fields if name.startswith("v")]
        return [str(self.cleaned_data[name]).replace("，", " ").replace(",", " ").split() for name in places]


class CorrectForm(RevealForm):
    """The right figures, and how the wrong ones came about."""

    reason = words(
        t("为什么更正", "Reason"), limit=300, hint=t("会公开；填错的结果留在公开页面。", "Published; the wrong outcome stays on the page.")
    )
