"""Who may enter: volunteers, and those who answer for shifts."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.feedback import beware
from portal.volunteers.queries import volunteer_of

View = Callable[..., HttpResponse]


def volunteers_only(view: View) -> View:
    """Sign in first, then register; the view gets the volunteer as its second argument."""

    @login_required
    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        volunteer = volunteer_of(request.user)
        if volunteer is None:
            beware(request, _("先登记为志愿者"), _("填完下面这页，就能接着报名、记时长。"))
            query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
            return redirect(f"{reverse('volunteers:join')}?{query}")
        return view(request, volunteer, *args, **kwargs)

    return gate
