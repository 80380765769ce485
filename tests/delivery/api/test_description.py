"""The published description: what integrators build on changes only on purpose."""

import json
import os
from pathlib import Path

import pytest

SNAPSHOT = Path(__file__).parent / "openapi.json"
# A description any gateway takes; growing past it would be a sign of something repeated.
MOST_BYTES = 1024 * 1024


@pytest.mark.django_db
def test_the_description_is_what_was_agreed(client):
    """To agree to a change: UPDATE_OPENAPI=1 pytest tests/delivery/api/test_description.py."""
    said = client.get("/api/v1/openapi.json")
    text = json.dumps(said.json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("UPDATE_OPENAPI"):
        SNAPSHOT.write_text(text, "utf-8")

    assert said.status_code == 200
    assert text == SNAPSHOT.read_text("utf-8")
    assert len(said.content) < MOST_BYTES


@pytest.mark.django_db
def test_each_operation_declares_every_refusal_as_a_problem(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    told = {
        operation["operationId"]: {
            status
            for status, answer in operation["responses"].items()
            if list(answer.get("content", {})) == ["application/problem+json"]
        }
        for path in paths.values()
        for operation in path.values()
    }
    every = {"400", "401", "403", "404", "409", "413", "422", "429"}

    assert {name: every - statuses for name, statuses in told.items() if every - statuses} == {}


@pytest.mark.django_db
def test_money_is_whole_fen_by_name_and_type(client):
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    money = {
        f"{shape}.{name}": kinds(field)
        for shape, described in schemas.items()
        for name, field in described.get("properties", {}).items()
        if name.endswith("_fen")
    }

    assert money
    # An amount that is always known is never null; no other type is money.
    assert {name: kind for name, kind in money.items() if kind - {"null"} != {"integer"}} == {}


def kinds(field):
    return {each["type"] for each in field.get("anyOf", [field])}
