"""Who stands at the counter: the actor of a request, for pages under the open account addresses."""

from django.http import Http404, HttpRequest

from yipanqi.vocab.actors import Actor


def signed_in(request: HttpRequest) -> Actor:
    """The actor the door let in. Raises Http404 where nobody, or somebody not yet through, asks."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise Http404
    return actor
