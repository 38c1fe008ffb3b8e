"""Background jobs as pages see them: what is on its way, and how far it is."""

from signage.domain.jobs import Job
from signage.domain.people import Action, User
from signage.store import Store
from signage.workflows.accounts.permission import demand


def jobs_of(store: Store, *, by: User, limit: int = 50) -> list[Job]:
    """Return the jobs that `by` has caused, newest first."""
    return store.jobs.of_person(by.id, limit)


def progress(store: Store, job_id: str, *, by: User) -> Job:
    """Return a job as it stands now; raises NotFound, NotAllowed."""
    job = store.jobs.get(job_id)
    demand(store, by, Action.VIEW, job.unit)
    return job


def job_of_asset(store: Store, sha256: str, *, unit: str, by: User) -> Job | None:
    """Return the newest job about an asset, its renditions aside; raises NotAllowed."""
    demand(store, by, Action.VIEW, unit)
    about = (job for job in store.jobs.of_subject(unit, sha256) if job.kind != "rendition")
    return next(about, None)
