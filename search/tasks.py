"""What takes long: writing or comparing a whole site."""

from search import drift
from tenants.tasks import task


@task(retries=(60, 300, 1800))
def write_everything() -> None:
    """Bring everything public of the current site into the listings."""
    drift.write_all()


@task()
def compare_everything() -> None:
    """Compare the current site with its listings and keep what was found."""
    drift.report()
