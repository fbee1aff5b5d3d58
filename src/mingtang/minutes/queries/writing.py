"""What the editor shows and works on: the composed draft, sections with drafts, versions and comments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from mingtang.consultations.rules.drafting import Piece, compare
from mingtang.kernel.decision import no
from mingtang.kernel.text import Text, t
from mingtang.meetings import queries as meeting_queries
from mingtang.meetings.rules import OUTCOME_LABELS
from mingtang.minutes.models import Minutes, MinutesSection, SectionComment, SectionDraft, SectionText, Suggestion
from mingtang.minutes.rules import GENERAL, LISTS, key_of, merged
from mingtang.platform.clock import local
from mingtang.platform.documents.official.papers import chinese_number
from mingtang.platform.documents.official.strokes import by_strokes
from mingtang.representatives import queries as representative_queries
from mingtang.topics.rules import AUDIENCE_LABELS

if TYPE_CHECKING:
    from mingtang.kernel.parameters import Figures
    from mingtang.meetings.models import AgendaItem

NO_SECTION = no(
    t("没有找到这一节或这一版。", "There is no such section or version."),
    "",
    t("请从纪要页面重新打开。", "Open it from the minutes again."),
    code="gone",
)


@dataclass(frozen=True, slots=True)
class ComposedPart:
    """A section as it would be composed; `text` None: nothing is composed for it."""

    key: str
    item_id: int | None
    heading: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Composed:
    """A draft put together from what happened; sections in `always` take the composed words even where others stand."""

    parts: tuple[ComposedPart, ...]
    always: frozenset[str]


def compose(meeting_id: int, figures: Figures) -> Composed:
    """3.2e–f: agenda, statements, decisions, reasonable suggestions and attendees as text; Chinese, as issued."""
    said: defaultdict[int, list[Suggestion]] = defaultdict(list)
    rows = Suggestion.objects.filter(item__meeting_id=meeting_id, reasonable=True).select_related("invitation__representative")
    for each in rows.order_by("id"):
        said[each.item_id].append(each)
    items = meeting_queries.items(meeting_id)
    opened = [each for each in items if each.attendance != "closed"]
    parts = [
        ComposedPart(key_of(item.pk), item.pk, f"{chinese_number(n)}、{item.topic}", "\n".join(_lines(item, said[item.pk])))
        for n, item in enumerate(opened, 1)
    ]
    always = frozenset({*(each.key for each in parts), "observers"})
    chair = items[0].meeting.chair if items else ""
    present = "\n".join(dict.fromkeys(each for each in [chair, *(str(item.topic.department) for item in items)] if each))
    lists = {"attendees": present, "excused": None, "observers": "\n".join(observer_lines(meeting_id, figures))}
    parts.append(ComposedPart(GENERAL, None, "", None))
    return Composed((*parts, *(ComposedPart(key, None, "", lists[key]) for key in LISTS)), always)


def _lines(item: AgendaItem, said: Sequence[Suggestion]) -> list[str]:
    lines = []
    if item.statement_at:
        lines.append(f"{item.topic.department}于{local(item.statement_at):%H:%M}说明意见征集和采纳情况。")
    if item.outcome:
        lines.append(f"会议{OUTCOME_LABELS[item.outcome].zh}。{item.outcome_text}")
    elif item.state == "adjourned":
        lines.append("本次会议未审议，留待以后审议。")
    lines += [
        f"列席代表{each.invitation.representative.name}（{AUDIENCE_LABELS[each.invitation.audience].zh}）建议：{each.text}" for each in said
    ]
    return lines


def observer_lines(meeting_id: int, figures: Figures) -> list[str]:
    """The attendance list of representatives: name and audience, one a line; by item, or by strokes where the government wants it."""
    found = representative_queries.attendance(meeting_id)
    if figures.on("minutes.names_by_strokes"):
        found = by_strokes(found, lambda each: each.name)
    return [f"{each.name}（{AUDIENCE_LABELS[each.audience].zh}{'，' + each.unit if each.unit else ''}）" for each in found if each.present]


def meeting_of_section(section_id: int) -> int:
    """The meeting whose minutes a section belongs to; `Refused` when there is no such section."""
    found = MinutesSection.objects.filter(pk=section_id).values_list("minutes__meeting_id", flat=True).first()
    if found is None:
        NO_SECTION.require()
    assert found is not None
    return found


def section_for_update(section_id: int) -> MinutesSection:
    """One section with its minutes, locked; `Refused` when there is none."""
    rows = MinutesSection.objects.select_for_update(of=("self",)).select_related("minutes__meeting")
    found = rows.filter(pk=section_id).first()
    if found is None:
        NO_SECTION.require()
    assert found is not None
    return found


def section_named(meeting_id: int, key: str) -> MinutesSection:
    """The section of a key; `Refused` when the minutes are not composed yet."""
    found = MinutesSection.objects.filter(key=key, minutes__meeting_id=meeting_id).first()
    if found is None:
        NO_SECTION.require()
    assert found is not None
    return found


def section_of(meeting_id: int, section_id: int) -> MinutesSection:
    """A section of the minutes of a meeting; `Refused` when it is none of theirs."""
    found = MinutesSection.objects.filter(pk=section_id, minutes__meeting_id=meeting_id).first()
    if found is None:
        NO_SECTION.require()
    assert found is not None
    return found


def comment_for_update(comment_id: int) -> SectionComment:
    """One comment, locked; `Refused` when there is none."""
    rows = SectionComment.objects.select_for_update(of=("self",)).select_related("section__minutes")
    found = rows.filter(pk=comment_id).first()
    if found is None:
        NO_SECTION.require()
    assert found is not None
    return found


def writers(row: Minutes) -> frozenset[int]:
    """Everybody who wrote at the version under way: none of them issues it."""
    rows = SectionText.objects.filter(section__minutes=row, of_issue=row.version).order_by()
    return frozenset(pk for pk in rows.values_list("written_by_id", flat=True).distinct() if pk is not None)


def open_comments(minutes_id: int) -> list[str]:
    """The words of comments that nobody answered or closed."""
    rows = SectionComment.objects.filter(section__minutes_id=minutes_id, answered_at=None, closed_at=None)
    return list(rows.order_by("id").values_list("text", flat=True))


@dataclass(frozen=True, slots=True)
class Clash:
    """Two texts written on the same version: theirs, saved; mine, kept as a draft; each as changes against what both began with."""

    theirs: tuple[Piece, ...]
    mine: tuple[Piece, ...]
    their_name: str
    combined: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as one person finds it in the editor: `text` and `base` are what their form begins with."""

    row: MinutesSection
    text: str
    base: int
    draft: SectionDraft | None
    clash: Clash | None
    versions: tuple[SectionText, ...]
    comments: tuple[SectionComment, ...]
    rows: int

    @property
    def label(self) -> Text:
        """The name of the section."""
        return self.row.label

    @property
    def is_list(self) -> bool:
        """Whether it is one of the lists of names."""
        return self.row.key in LISTS

    @property
    def waiting(self) -> int:
        """Comments without an answer."""
        return sum(each.is_open for each in self.comments)


FEWEST_ROWS, MOST_ROWS, SIGNS_A_ROW = 3, 16, 46


def sections(row: Minutes, person_id: int | None) -> list[SectionView]:
    """Every section of the minutes with this person's draft; the same few queries however many there are."""
    texts = Prefetch("texts", SectionText.objects.select_related("written_by").order_by("-version"))
    comments = Prefetch("comments", SectionComment.objects.select_related("written_by", "answered_by").order_by("id"))
    drafts = Prefetch("drafts", SectionDraft.objects.filter(person_id=person_id or 0), to_attr="mine")
    found = row.sections.select_related("changed_by").prefetch_related(texts, comments, drafts)
    return [_view(each) for each in found if each.heading or each.item_id is None]


def _view(section: MinutesSection) -> SectionView:
    mine: list[SectionDraft] = section.mine  # type: ignore[attr-defined]  # by Prefetch above
    draft = mine[0] if mine else None
    versions = tuple(section.texts.all())
    clash = _clash(section, draft, versions) if draft and draft.base < section.version else None
    text = draft.text if draft else section.text
    if draft and clash and clash.combined:
        text = merged(_text_at(versions, draft.base), section.text, draft.text) or draft.text
    rows = sum(len(line) // SIGNS_A_ROW + 1 for line in text.split("\n"))
    return SectionView(
        section,
        text,
        section.version,
        draft,
        clash,
        versions,
        tuple(section.comments.all()),
        min(MOST_ROWS, max(FEWEST_ROWS, rows + 1)),
    )


def _clash(section: MinutesSection, draft: SectionDraft, versions: Sequence[SectionText]) -> Clash:
    began = _text_at(versions, draft.base)
    return Clash(
        compare(began, section.text),
        compare(began, draft.text),
        str(section.changed_by or ""),
        merged(began, section.text, draft.text) is not None,
    )


def _text_at(versions: Sequence[SectionText], version: int) -> str:
    return next((each.text for each in versions if each.version == version), "")


def version_changes(section: MinutesSection, version: int) -> tuple[Piece, ...]:
    """What a version of a section changed against the one before it."""
    rows = {each.version: each.text for each in section.texts.filter(version__in=[version - 1, version])}
    if version not in rows:
        NO_SECTION.require()
    return compare(rows.get(version - 1, ""), rows[version])
