"""What the worker does for people."""

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.addresses import absolute_url
from portal.core.preferences import language_of
from portal.core.queries import site_name
from tenants.tasks import task


@task(retries=(60, 300, 1800))
def mail_reset_link(user_id: int) -> None:
    """Mail a person the link with which to set a new password. The link is made here: it stands in no queue."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not user.email:
        return
    site = site_name()
    key = {"uidb64": urlsafe_base64_encode(force_bytes(user.pk)), "token": default_token_generator.make_token(user)}
    link = absolute_url(reverse("accounts:reset_confirm", kwargs=key))
    with translation.override(language_of(user)):
        body = render_to_string("accounts/mail/reset.txt", {"person": user, "link": link, "site": site})
        subject = _("【%(site)s】重设密码") % {"site": site}
    EmailMessage(subject, body, to=[user.email]).send()
