"""Which refusal about a project's life is which status."""

from yipanqi.domain.projects import life
from yipanqi.domain.projects.services import ending, stages, verifying, waivers

STATUS: tuple[tuple[type[Exception], int], ...] = (
    (life.Ended, 409),
    (verifying.NothingToVerify, 409),
    (verifying.Overtaken, 409),
    (ending.NotOpen, 409),
    (waivers.NothingToRevoke, 409),
    (stages.ReasonMissing, 422),
    (verifying.ReasonMissing, 422),
    (ending.ReasonMissing, 422),
    (waivers.Unclear, 422),
    (waivers.Unwaivable, 422),
)
