"""Logs as JSON lines, each with the id of the request it belongs to."""

import json
import logging

from yipanqi.vocab import trace


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, request, message, and the fault if any."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "request": trace.request_id(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
