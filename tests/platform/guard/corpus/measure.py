"""Counting what the guard finds in the corpus, for the floors in the tests and the table in the docs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from mingtang.platform.guard.core.patterns import find
from mingtang.platform.guard.core.scan import scan_file
from tests.platform.guard.corpus import pdfs, unseen
from tests.platform.guard.corpus.harmless import NEGATIVE
from tests.platform.guard.corpus.office import harmless, hidden
from tests.platform.guard.corpus.words import POSITIVE

PDF_HIDDEN: list[tuple[str, bytes, str, int]] = [
    ("covered", pdfs.covered(), "covered_text", 1),
    ("covered-3", pdfs.covered_on_page_three(), "covered_text", 3),
    ("covered-number", pdfs.covered_on_page_three(), "mobile", 3),
    ("white", pdfs.white(), "covered_text", 1),
    ("picture", pdfs.under_picture(), "covered_text", 1),
    ("outside", pdfs.off_the_page(), "covered_text", 1),
    ("grey", pdfs.grey_on_grey(), "covered_text", 1),
    ("invisible", pdfs.invisible(), "hidden_text", 1),
    ("layer", pdfs.layer_off(), "hidden_layer", 0),
    ("layer-words", pdfs.layer_off(), "covered_text", 1),
    ("note", pdfs.sticky_note(), "comment", 1),
    ("free-text", pdfs.free_text(), "comment", 1),
    ("box", pdfs.box_as_note(), "covered_text", 1),
    ("attachment", pdfs.attachment(), "attachment", 0),
    ("author", pdfs.author(), "author", 0),
    ("xmp", pdfs.xmp_author(), "author", 0),
    ("script", pdfs.script(), "script", 0),
    ("link", pdfs.internal_link(), "external_link", 1),
    ("field", pdfs.form_field(), "form_field", 1),
    ("saved", pdfs.saved_over(), "earlier_version", 1),
    ("scan", pdfs.scanned(), "scan", 1),
]
PDF_HARMLESS: list[tuple[str, bytes]] = [
    ("plain.pdf", pdfs.plain()),
    ("twice.pdf", pdfs.saved_twice_unchanged()),
    ("recognised.pdf", pdfs.recognised_scan()),
    ("bright.pdf", pdfs.bright_table()),
]


def recall(sentences: Iterable[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """For each kind: how many sentences it was found in, of how many."""
    done, every = Counter[str](), Counter[str]()
    for kind, words in sentences:
        every[kind] += 1
        done[kind] += any(hit.kind == kind for hit in find(words))
    return {kind: (done[kind], every[kind]) for kind in every}


def alarms(sentences: Iterable[str]) -> list[str]:
    """The harmless sentences in which something was found that would stop them."""
    return [words for words in sentences if any(hit.level == "block" for hit in find(words))]


def files() -> dict[str, tuple[int, int]]:
    """For each kind of hidden thing: in how many files it was found, of how many."""
    done, every = Counter[str](), Counter[str]()
    everything = [*hidden(), *((f"{name}.pdf", content, kind) for name, content, kind, _ in PDF_HIDDEN)]
    for name, content, kind in everything:
        every[kind] += 1
        done[kind] += any(each.kind == kind for each in scan_file(content, name))
    return {kind: (done[kind], every[kind]) for kind in every}


def file_alarms() -> list[str]:
    """The harmless files in which anything was found."""
    return [name for name, content in (*harmless(), *PDF_HARMLESS) if scan_file(content, name)]


def table() -> list[str]:
    """The rows of the table in docs/guard.md."""
    first, second = recall(POSITIVE), recall(unseen.POSITIVE)
    rows = [
        f"| `{kind}` | {a} of {b} | {' of '.join(map(str, second[kind])) if kind in second else '—'} |" for kind, (a, b) in first.items()
    ]
    found, every = (sum(each[n] for each in first.values()) for n in (0, 1))
    again, more = (sum(each[n] for each in second.values()) for n in (0, 1))
    return [
        *rows,
        f"| all | {found} of {every} | {again} of {more} |",
        f"| false alarms | {len(alarms(NEGATIVE))} of {len(NEGATIVE)} | {len(alarms(unseen.NEGATIVE))} of {len(unseen.NEGATIVE)} |",
    ]


def file_table() -> list[str]:
    """The rows of the table of files in docs/guard.md."""
    found = files()
    harmless_files = len(harmless()) + len(PDF_HARMLESS)
    return [
        *(f"| `{kind}` | {a} of {b} |" for kind, (a, b) in sorted(found.items())),
        f"| false alarms | {len(file_alarms())} of {harmless_files} |",
    ]
