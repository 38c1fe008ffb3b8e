"""Operations of publishing: how it stands, and letting it go on from an older database."""

from signage.domain.people import Action
from signage.web.api.operations import operation
from signage.web.context import now, person, store
from signage.workflows.publication import overtaken
from signage.workflows.publication.publishing_state import PublishingState, publishing_state


@operation(
    "GET",
    "/publishing",
    needs=Action.READ_AUDIT,
    summary="Tell whether publishing is held, what failed and which pictures are missing",
    gives=PublishingState,
)
def read_publishing() -> PublishingState:
    return publishing_state(store(), by=person())


@operation(
    "POST",
    "/publishing/release",
    needs=Action.PROVISION,
    summary="Publish from this database although newer content is on the air",
)
def release_publishing() -> None:
    overtaken.release(store(), by=person(), at=now())
