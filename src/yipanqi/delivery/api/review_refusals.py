"""Which refusal of an admission review is which status."""

from yipanqi.domain.projects.services import admission
from yipanqi.domain.reviews.services import (
    countersigning,
    deciding,
    experts,
    opening,
    stating,
    vetoing,
)

STATUS: tuple[tuple[type[Exception], int], ...] = (
    (admission.Unclassed, 422),
    (countersigning.CommentMissing, 422),
    (deciding.NotMet, 409),
    (deciding.NotReady, 422),
    (deciding.Unclear, 422),
    (experts.NotDeclared, 422),
    (experts.NotFit, 422),
    (experts.NotMarked, 422),
    (opening.AlreadyClosed, 409),
    (opening.ReasonMissing, 422),
    (stating.Absurd, 422),
    (stating.Settled, 409),
    (vetoing.NoSuchVeto, 422),
    (vetoing.ReasonMissing, 422),
)
