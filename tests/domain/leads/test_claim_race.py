"""A hundred claims of one matter at once, from several processes: one holder, every loser told."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection
from tests import cast

from yipanqi.domain.leads.models import Claim

PROCESSES, EACH = 5, 20

RACER = """
import json, os, sys, threading
import django
django.setup()
from django.db import connection
from tests import cast, samples
from yipanqi.domain.leads.services import claims
from yipanqi.domain.investors.models import Enterprise

def race(number, told):
    try:
        enterprise = Enterprise.objects.get(public_id=sys.argv[1])
        outcome = claims.file(
            enterprise,
            claims.Filing("液压件生产基地", "visit", samples.pdf(salt=b"%d" % number)),
            by=cast.racer(number),
        )
        told.append(outcome.kind.value)
    except Exception as error:
        told.append(f"{type(error).__name__}: {error}")
    finally:
        connection.close()

first = int(sys.argv[2])
told = []
numbers = range(first, first + int(sys.argv[3]))
threads = [threading.Thread(target=race, args=(n, told)) for n in numbers]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(json.dumps(told, ensure_ascii=False))
"""


@pytest.mark.django_db(transaction=True)
def test_a_hundred_racing_claims_have_exactly_one_holder(city, evidence_home):
    enterprise = cast.enterprise()
    cast.racing_units(PROCESSES * EACH)
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, enterprise.public_id, str(i * EACH), str(EACH)],
            env=_same_database(evidence_home),
            stdout=subprocess.PIPE,
            text=True,
        )
        for i in range(PROCESSES)
    ]

    told = [each for racer in racers for each in json.loads(racer.communicate(timeout=120)[0])]

    assert told.count("held") == 1
    assert told.count("pending") == PROCESSES * EACH - 1
    assert Claim.objects.filter(enterprise=enterprise, state="held").count() == 1


def _same_database(evidence_home) -> dict[str, str]:
    settings = connection.settings_dict
    environ = dict(os.environ, DJANGO_SETTINGS_MODULE="tests.racing_settings")
    environ["RACE_DATABASE"] = json.dumps(
        {key: str(settings[key]) for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")}
    )
    environ["RACE_EVIDENCE"] = str(evidence_home)
    return environ
