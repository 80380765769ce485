"""A log is lines of JSON, and each names the request it belongs to."""

import json
import logging
import sys

from yipanqi.roof.logs import JsonLines
from yipanqi.vocab import trace


def line(message, *values, fault=None):
    record = logging.LogRecord("yipanqi", logging.ERROR, "here", 1, message, values, fault)
    return json.loads(JsonLines().format(record))


def test_a_line_carries_time_level_and_the_number_a_user_can_quote():
    trace.begin("k7m2xq9d4vrt")

    told = line("已处理 %d 行", 3)

    assert told["request"] == "k7m2xq9d4vrt"
    assert (told["level"], told["logger"], told["message"]) == ("ERROR", "yipanqi", "已处理 3 行")
    assert told["time"]


def test_a_fault_stays_within_its_one_line():
    try:
        int("第一行\n第二行")
    except ValueError:
        told = line("出错", fault=sys.exc_info())

    assert "ValueError: invalid literal" in told["fault"]


def test_what_a_user_typed_cannot_begin_a_line_of_its_own():
    record = logging.LogRecord("x", logging.INFO, "here", 1, '甲"\n{"level": "INFO"}', (), None)

    assert "\n" not in JsonLines().format(record)
