"""The index of arriving opinions: it knows where a new one belongs, and loses nothing that it said it kept."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mingtang.engines.grouping.grouping import group
from mingtang.engines.grouping.index import Arrival, Index
from mingtang.engines.grouping.model import Config, Row

SAID = ["罚款五百元太重了，应该先警告", "南门的停车场太小，希望扩大", "闭馆时间请推迟到晚上十点，下班才来得及", "充电桩请装到每一栋楼下"]
WRITER = """
import sys
from pathlib import Path
from mingtang.engines.grouping.index import Index
index = Index(Path(sys.argv[1]))
for number in range(10**6):
    index.add((f"n{number}", 1), f"第{number}个点子", f"G{number}")
    print(number, flush=True)
"""


@pytest.fixture
def opened():
    """Opens indexes and closes them when the test is over."""
    indexes = []

    def opening(folder: Path) -> Index:
        indexes.append(Index(folder))
        return indexes[-1]

    yield opening
    for index in indexes:
        index.close()


def built(index: Index) -> Index:
    result = group([Row(f"r{place}", text) for place, text in enumerate(SAID)], Config(meaning="off"))
    index.rebuild(result)
    return index


def group_of(index: Index, text: str) -> str:
    return index.arrive(text).group


def test_an_empty_index_knows_nothing_and_takes_what_comes(tmp_path: Path, opened) -> None:
    index = opened(tmp_path)
    assert index.arrive(SAID[0]) == Arrival("single", "", ())
    index.add(("a", 1), SAID[0], "G1")
    assert (len(index), index.arrive(SAID[0])) == (1, Arrival("same", "G1", (("G1", 1.0),)))


def test_a_copy_a_near_copy_a_stance_and_a_stranger_are_told_apart(tmp_path: Path, opened) -> None:
    index = built(opened(tmp_path))
    home = group_of(index, SAID[0])
    found = [
        index.arrive(text)
        for text in (
            "尊敬的领导：罰款500元太重了，应该先警告！",
            "罚款五百元太重了啊，应该先警告的",
            "支持",
            "罚款七百元太重了，应该先警告",
        )
    ]
    assert [(each.layer, each.group) for each in found] == [("same", home), ("copy", home), ("stance", ""), ("single", "")]
    assert [each.nearest[0][0] if each.nearest else "" for each in found] == [home, home, "", home]


def test_what_was_added_is_there_when_opened_again_and_after_a_rebuild(tmp_path: Path, opened) -> None:
    index = built(opened(tmp_path))
    index.add(("new", 1), "公园里再多放几张长椅", "G9")
    index.close()
    again = opened(tmp_path)
    assert (len(again), group_of(again, "公园里再多放几张长椅")) == (5, "G9")
    again.rebuild(group([Row("r0", SAID[0])], Config(meaning="off")))
    assert (len(again), group_of(again, "公园里再多放几张长椅")) == (2, "G9")
    assert len(list(tmp_path.glob("base-*"))) == 1


@pytest.mark.parametrize("torn", [b"\xff", b"deadbeef [[", b'00000000 [["x",1],"G","y"]\n'])
def test_a_torn_line_is_cut_off_and_the_rest_kept(tmp_path: Path, opened, torn: bytes) -> None:
    index = built(opened(tmp_path))
    index.add(("new", 1), "公园里再多放几张长椅", "G9")
    index.close()
    with next(tmp_path.glob("base-*/arrivals.log")).open("ab") as log:
        log.write(torn)
    again = opened(tmp_path)
    again.add(("later", 1), "多种一些树", "G10")
    again.close()
    last = opened(tmp_path)
    assert (len(last), group_of(last, "公园里再多放几张长椅"), group_of(last, "多种一些树")) == (6, "G9", "G10")


def test_nothing_that_was_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path, opened) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    said = [writer.stdout.readline() for _ in range(20)]
    os.kill(writer.pid, signal.SIGKILL)
    said += writer.stdout.readlines()
    writer.wait()
    writer.stdout.close()
    last = int(said[-1])
    index = opened(tmp_path)
    assert len(index) in {last + 1, last + 2}
    assert group_of(index, f"第{last}个点子") == f"G{last}"
