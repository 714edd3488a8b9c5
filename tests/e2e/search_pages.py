"""Pages of the search, for the walk: each writes what it needs and returns its address."""

from collections.abc import Callable

from django.utils import timezone


def near() -> str:
    from portal.core.models import Division

    street = Division.objects.filter(level="street").order_by("code")[0]
    return f"/search/near/?within={street.code}"


def saved_search(step: str, *, confirmed: bool = False) -> Callable[[], str]:
    """The page behind a link of a mail: confirm, or stop."""

    def make() -> str:
        from portal.finding.models import SavedSearch

        mail = f"{step}-{confirmed}@example.org"
        # Anew each time: the address of the mail is encrypted, so there is nothing to look for.
        SavedSearch.objects.filter(parameters="q=%E9%80%81%E9%A4%90").delete()
        now = timezone.now()
        made = SavedSearch.objects.create(
            mail=mail,
            parameters="q=%E9%80%81%E9%A4%90",
            asked_at=now,
            seen_on=now.date(),
            confirmed_at=now if confirmed else None,
        )
        return f"/search/saved/{made.confirm_token if step == 'confirm' else made.stop_token}/{step}/"

    return make
