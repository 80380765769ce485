"""Who calls the API: a personal token, or the session of somebody signed in at the desk."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from yipanqi.delivery import limits
from yipanqi.domain.people import queries as people
from yipanqi.domain.people.services import tokens
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor


class ApiRequest(HttpRequest):
    """A request that has passed the door: `auth` is the actor."""

    auth: Actor


class Token(HttpBearer):
    """Authorization: Bearer <token>."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor the token stands for, or None."""
        officer = tokens.authenticate(token)
        if officer is None:
            return None
        return _admitted(people.actor_for(officer, on=clock.today()))


class Session(SessionAuth):
    """The desk's own session, with its CSRF token for changes."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The actor signed in at the desk, or None."""
        actor = getattr(request, "actor", None)
        return _admitted(actor) if actor else None


def _admitted(actor: Actor) -> Actor:
    limits.count(actor, "api")
    return actor


AUTH = [Token(), Session()]
