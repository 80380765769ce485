"""Job: lines of the ledger on their way to other systems, tried again until they are taken."""

from datetime import timedelta

from yipanqi.delivery.connectors.webhooks import telling
from yipanqi.domain.ledger.queries import Line
from yipanqi.domain.ledger.services import leases
from yipanqi.domain.notices.services import sending
from yipanqi.vocab import clock

JOB = "notices.send"
# The timetable calls every minute: a round ends before the next begins.
ROUND = timedelta(seconds=45)


def queue(line: Line) -> None:
    """A reaction: the line waits for every hook that asks for it and may see it."""
    sending.queue(line)


def send_due() -> int:
    """Send what is due; the number taken by its receiver, 0 where another process is at it.

    A hook that refuses one message is left alone for the rest of the round: the others must not
    wait for it.
    """
    ends, leaving, sent = clock.now() + ROUND, set[int](), 0
    with leases.held(JOB) as mine:
        while mine and clock.now() < ends and (taken := sending.take(leaving=leaving)):
            answer = _make(taken)
            sent += answer.is_good
            if not answer.is_good:
                leaving.add(taken.hook.pk)
    return sent


def _make(taken: sending.Taken) -> sending.Answer:
    if taken.line is None:
        sending.drop(taken)
        return sending.Answer(204)
    answer = telling.tell(taken.hook, taken.sending.public_id, taken.line)
    sending.settle(taken, answer)
    return answer
