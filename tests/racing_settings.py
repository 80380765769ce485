"""The house's settings on the very database a test is using, for its child processes."""

import json
import os

from yipanqi.roof.settings import *  # noqa: F403 -- a settings module must carry every name
from yipanqi.roof.settings import DATABASES

DATABASES["default"].update(json.loads(os.environ["RACE_DATABASE"]))
EVIDENCE_DIR = os.environ["RACE_EVIDENCE"]
