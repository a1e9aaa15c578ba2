"""Task Scheduler definitions: what the schema says, and text that stays text."""

import codecs
from functools import cache

import lxml.etree
import pytest
import xmlschema
from hypothesis import example, given
from hypothesis import strategies as st

from oqsgen.plan.step import Step
from oqsgen.render.task_files import task_files
from oqsgen.subjects.restart.task_xml import daily_restart
from tests.pc.tools import need

NAMESPACE = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}

needs_schema = pytest.mark.needs("task-schema")


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(need("task-schema"))


XML_TEXT = st.text(
    st.characters(
        exclude_categories=["Cs"],
        # What XML 1.0 cannot carry; the loader refuses it in a clinic's file.
        exclude_characters=[*map(chr, range(0x20)), "\ufffe", "\uffff"],
    )
)
HOSTILE = "</UserId><!--]]>&lt;&amp;\"'{{ name }}{% raw %}<![CDATA[\x85\u2028\u202e𠮷葛\U000e0100"
TIMES = st.times().map(lambda time: time.strftime("%H:%M"))


def task_step(name: str, xml: str) -> Step:
    return Step(
        id="daily-restart",
        kind="task",
        who="administrator",
        how="apply",
        area="power",
        title=name,
        what="",
        target={"path": "\\", "name": name},
        wanted={"xml": xml},
    )


def text_at(xml: str, path: str) -> str:
    (element,) = lxml.etree.fromstring(xml.encode()).xpath(path, namespaces=NAMESPACE)
    return element.text or ""


@needs_schema
@given(TIMES)
def test_a_task_is_valid_by_the_schema_of_windows(time: str) -> None:
    schema().validate(daily_restart("定刻に再起動", time, "OqsComApp"))


@needs_schema
def test_a_file_is_valid_by_the_schema_of_windows() -> None:
    files = task_files(
        [task_step("定刻に再起動", daily_restart("定刻に再起動", "03:17", "OqsComApp"))]
    )
    (data,) = files.values()
    schema().validate(lxml.etree.fromstring(data))


@given(XML_TEXT, XML_TEXT)
@example(HOSTILE, HOSTILE)
def test_any_text_stays_text(name: str, account: str) -> None:
    xml = daily_restart(name, "03:17", account)
    assert text_at(xml, "//t:Description") == name
    assert text_at(xml, "//t:UserId") == account
    root = lxml.etree.fromstring(xml.encode())
    plain = lxml.etree.fromstring(daily_restart("n", "03:17", "a").encode())
    assert [element.tag for element in root.iter()] == [element.tag for element in plain.iter()]


@given(TIMES)
def test_it_restarts_the_pc_every_day_at_its_time(time: str) -> None:
    xml = daily_restart("定刻に再起動", time, "OqsComApp")
    assert text_at(xml, "//t:StartBoundary")[10:] == f"T{time}:00"
    assert text_at(xml, "//t:DaysInterval") == "1"
    assert text_at(xml, "//t:Command").endswith("shutdown.exe")
    assert text_at(xml, "//t:Arguments") == "/r /t 0"


def test_a_file_is_utf16_with_its_mark_and_crlf() -> None:
    xml = daily_restart("定刻に再起動", "03:17", "OqsComApp")
    files = task_files([task_step("定刻に再起動", xml)])
    data = files["tasks/定刻に再起動.xml"]
    assert data.startswith(codecs.BOM_UTF16_LE)
    text = data[2:].decode("utf-16-le")
    assert text.startswith('<?xml version="1.0" encoding="UTF-16"?>\r\n<Task ')
    assert text.endswith("</Task>\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert text.replace("\r\n", "\n").split("?>\n", 1)[1] == xml + "\n"
    # As Windows reads it: the declared encoding is the real one.
    assert lxml.etree.fromstring(data).tag.endswith("}Task")


def test_only_tasks_become_files() -> None:
    assert task_files([]) == {}
    gone = Step(**{**vars(task_step("消す", "")), "wanted": None})
    assert task_files([gone]) == {}
