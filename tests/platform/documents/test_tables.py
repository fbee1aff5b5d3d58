"""Tables in: any delimiter, any encoding an office uses; a bad row is named and the others are read."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from mingtang.kernel.decision import Refused
from mingtang.platform.documents.tables import Row, columns, decoded, read_table, safe_cell


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    box = io.BytesIO()
    book.save(box)
    return box.getvalue()


def cells(content: bytes, name: str) -> list[dict[str, object]]:
    return [dict(row.cells) for row in read_table(content, name) if not row.problem]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_with_whatever_separator_and_encoding(separator, coding):
    words = f"姓名{separator}意见\r\n张三{separator}“早点装，好吗”\r\n"
    assert cells(words.encode(coding), "a.csv") == [{"姓名": "张三", "意见": "“早点装，好吗”"}]


def test_a_quoted_cell_may_hold_separators_quotes_and_line_breaks():
    content = '姓名,意见\n张三,"一层怎么办,\n""补偿""多少"\n李四,好\n'.encode()
    rows = list(read_table(content, "a.csv"))
    assert [row.cells["意见"] for row in rows] == ['一层怎么办,\n"补偿"多少', "好"]
    assert [row.number for row in rows] == [2, 4]


def test_a_row_with_more_cells_than_the_header_is_named_and_the_others_are_read():
    rows = list(read_table(b"a,b\n1,2\n1,2,3\n\n4,5,,\n6\n", "a.csv"))
    assert [row.number for row in rows] == [2, 3, 5, 6]
    assert [bool(row.problem) for row in rows] == [False, True, False, False]
    assert "3 列" in str(rows[1].problem)
    assert rows[3].cells == {"a": "6", "b": ""}


def test_a_cell_too_long_to_read_is_named_and_the_next_row_is_read():
    rows = list(read_table(b"a,b\n" + b"x" * 140_000 + b",1\n2,3\n", "a.csv"))
    assert rows[0].problem
    assert rows[-1].cells == {"a": "2", "b": "3"}


def test_columns_without_a_name_or_named_twice_stay_apart():
    assert columns("意见,,意见\n甲,乙,丙\n".encode(), "a.csv") == ["意见", "[2]", "意见[3]"]
    assert columns(b"", "a.csv") == []
    assert list(read_table(b"", "a.csv")) == []


def test_a_workbook_gives_its_first_sheet_with_days_and_numbers_as_people_write_them():
    content = workbook(
        ["日期", "时刻", "电话", "空"],
        [datetime(2026, 11, 24), datetime(2026, 11, 24, 9, 30), 13800000000, None],
        [None, None, None, None],
        ["x"],
    )
    rows = list(read_table(content, "a.xlsx"))
    assert rows[0] == Row(2, {"日期": "2026-11-24", "时刻": "2026-11-24 09:30", "电话": 13800000000, "空": ""})
    assert rows[1].number == 4
    assert columns(content, "a.xlsx") == ["日期", "时刻", "电话", "空"]


def test_a_workbook_damaged_in_the_middle_is_read_up_to_there():
    whole = workbook(["a"], *[[n] for n in range(50)])
    box = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(box, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part[: len(part) // 2] if name.endswith("sheet1.xml") else part)
    rows = list(read_table(box.getvalue(), "a.xlsx"))
    assert [row.cells["a"] for row in rows[:3]] == [0, 1, 2]
    assert rows[-1].problem


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a workbook", b"plain words"])
def test_a_workbook_that_does_not_open_is_refused(content):
    with pytest.raises(Refused) as refused:
        read_table(content, "a.xlsx")
    assert refused.value.decision.code == "broken"


def test_lines_of_json_are_read_and_the_broken_ones_named():
    lines = [
        json.dumps({"意见": "行分隔符\u2028不算换行"}, ensure_ascii=False),
        "",
        "{",
        "[1]",
        "[" * 100_000,
        "1" * 5000,
        '{"a": 1}',
    ]
    rows = list(read_table("\n".join(lines).encode(), "a.jsonl"))
    assert [row.number for row in rows] == [1, 3, 4, 5, 6, 7]
    assert [bool(row.problem) for row in rows] == [False, True, True, True, True, False]
    assert rows[0].cells == {"意见": "行分隔符\u2028不算换行"}


@pytest.mark.parametrize("content", [b"\xff\xff\xff", b"a\x00b", b"\xff\xfea"])
def test_text_in_no_known_encoding_is_refused(content):
    with pytest.raises(Refused) as refused:
        decoded(content)
    assert refused.value.decision.code == "encoding"


def test_a_kind_of_table_nobody_reads_is_refused():
    with pytest.raises(Refused) as refused:
        read_table(b"a", "a.xls")
    assert refused.value.decision.code == "kind"
    assert "xls" in str(refused.value.decision.reason)


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.tsv", "a.jsonl", "a.xlsx"]))
def test_whatever_bytes_come_rows_or_a_refusal_come_back(content, name):
    try:
        rows = list(read_table(content, name))
    except Refused:
        return
    assert all(row.number >= 1 for row in rows)


@pytest.mark.parametrize("value", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_looks_like_a_formula_is_quoted(value):
    assert safe_cell(value) == f"'{value}"


@pytest.mark.parametrize("value", ["张三", "", 5, -5, None])
def test_any_other_cell_goes_out_as_it_is(value):
    assert safe_cell(value) == value
