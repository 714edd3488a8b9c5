"""Work that a site does on itself in the background."""

from django.core.management import call_command

from tenants.tasks import task


@task(retries=(60, 600))
def refresh_index() -> None:
    """Rebuild the admin's search index and the index of references, after rows were written in bulk."""
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
