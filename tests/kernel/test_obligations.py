"""The 36 duties and their registers."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.kernel import obligations
from mingtang.kernel.obligations import BY_ID, OBLIGATIONS, Evidence, carries, evidence_for, page_for
from mingtang.kernel.text import t

TITLE = t("试验", "Trial")


@pytest.fixture
def registers(monkeypatch):
    """Registers of this test's own."""
    for name in ("RULES", "PAGES", "EVIDENCE"):
        monkeypatch.setattr(obligations, name, obligations.defaultdict(list))
    return obligations


def test_there_are_36_duties_each_with_its_clause_and_both_languages():
    assert len(OBLIGATIONS) == len(BY_ID) == 36
    assert BY_ID["3.2a"].clause == "3.2"
    assert all(each.duty.zh and each.duty.en for each in OBLIGATIONS)


def test_a_rule_registers_under_each_duty_it_carries(registers):
    @carries("3.2a", "1.3a", title=TITLE)
    def rule():
        return 1

    assert rule() == 1
    assert registers.RULES["3.2a"] == registers.RULES["1.3a"]
    assert registers.RULES["3.2a"][0].name.endswith("rule")


def test_a_page_registers_with_the_name_of_its_address(registers):
    @page_for("2.1a", title=TITLE, url_name="portal:consultation")
    def view():
        return None

    assert [each.url_name for each in registers.PAGES["2.1a"]] == ["portal:consultation"]
    assert view() is None


def test_a_count_registers_as_evidence(registers):
    @evidence_for("2.1a")
    def count(government_id: int, first: date, last: date) -> Evidence:
        return Evidence(1)

    assert registers.EVIDENCE["2.1a"] == [count]


@pytest.mark.parametrize("register", [carries("9.9", title=TITLE), page_for("9.9", title=TITLE), evidence_for("9.9")])
def test_an_unknown_duty_is_refused(register):
    with pytest.raises(KeyError):
        register(lambda: None)
