"""From confirmed records to the facts of a certificate: who records certifies, free of charge (令67号)."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db.models import Case, CharField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates import designs
from certificates.domain import correct_certificate, mark_outdated, request_certificate
from certificates.enums import Kind, Motif, ProofGrade, State
from certificates.facts import Body, CertificateFacts, Programme, ServiceRow
from certificates.models import Certificate
from portal.accounts.domain.disclosure import disclose
from portal.accounts.roles import Role, has_role
from portal.core.enums import ServiceKind
from portal.core.masking import mask_id_number, mask_name
from portal.core.models import Brand
from portal.core.queries import footer, identity
from portal.volunteers.announcements import record_taken_away
from portal.volunteers.domain import errors, telling_certificates
from portal.volunteers.domain.guardians import require_guardian
from portal.volunteers.domain.scopes import Found, Scope, look_up, scope_of
from portal.volunteers.models import Correction, ServiceRecord, Volunteer

_BAGUI = ("bagui", "jiaoyu-zhulao", "yilao-zhulao", "daiji-gongju", "qingchun-yizhi")
_MOTIFS = {"cuncaoxin": Motif.GRASS, "shouzuqing": Motif.CLASP, **dict.fromkeys(_BAGUI, Motif.HILLS)}
_KEY = "volunteer:"


def ask_for_certificate(volunteer: Volunteer, scope: Scope, *, seal: bool = False, by: Any = None) -> Certificate:
    """A certificate of the confirmed records of the scope, its number taken, its PDF on the way.

    Raises NothingToCertify, GuardianMissing, or a CertificateError such as GlyphMissing. Asked twice, it gives the
    same one.
    """
    facts = confirmed_facts(volunteer, scope, seal=seal)
    asker = by or volunteer.user
    return request_certificate(facts, holder_key=holder_key(volunteer), requested_by=str(asker.pk))


def renew_certificate(certificate: Certificate, *, by: Any) -> Certificate:
    """One that says what is confirmed now of the same scope; the old one counts until the new one is made.

    Its holder's and officers' affair. Raises NotAllowed, NothingToCertify, GuardianMissing, or a CertificateError such
    as TransitionRefused when nothing would be different.
    """
    volunteer = holder_of(certificate)
    if volunteer is None or not (volunteer.user_id == by.pk or has_role(by, Role.OFFICER)):
        raise errors.NotAllowed(gettext_lazy("只有持有人和主管能换发证书。"))
    old = certificate.facts
    if old.honour:
        raise errors.NotAllowed(gettext_lazy("荣誉证书不能按服务记录换发。"))
    facts = confirmed_facts(volunteer, scope_of(old), seal=old.seal)
    return correct_certificate(certificate, facts, requested_by=str(by.pk))


def confirmed_facts(volunteer: Volunteer, scope: Scope, *, seal: bool) -> CertificateFacts:
    """What is confirmed now within the scope. NothingToCertify says what is left out and why; GuardianMissing."""
    scope.check()
    require_guardian(volunteer)
    found = look_up(volunteer, scope)
    if not found.records:
        message = lazy(_nothing, str)(scope, found)
        raise errors.NothingToCertify(message, field=scope.field, left_out=found.left_out)
    with translation.override("zh-hans"):  # the sheet is Chinese, whatever language the visitor reads
        return facts_of(volunteer, found.records, scope=scope, seal=seal)


def _nothing(scope: Scope, found: Found) -> str:
    message = _("这段时间里没有已确认的服务记录，开不出证明。")
    if scope.project:
        message = _("这个项目里没有您已确认的服务记录，开不出证明。")
    if found.left_out:
        message += _("没有列入的：%(reasons)s。") % {"reasons": found.words}
    return message


def holder_key(volunteer: Volunteer) -> str:
    """How certificates know their holder."""
    return f"{_KEY}{volunteer.pk}"


def holder_keys(path: str) -> Combinable:
    """The same for queries; `path` leads to the volunteer, as in `user__volunteer`. Null where there is none."""
    return Case(
        When(**{f"{path}__isnull": False}, then=Concat(Value(_KEY), Cast(f"{path}__pk", CharField()))),
        output_field=CharField(),
    )


def holder_of(certificate: Certificate) -> Volunteer | None:
    """The volunteer behind a certificate's key."""
    kind, _colon, key = certificate.holder_key.partition(":")
    if f"{kind}:" != _KEY or not key.isdigit():
        return None
    return Volunteer.objects.select_related("user").filter(pk=key).first()


def is_holder(certificate: Certificate, user: Any) -> bool:
    """Whether the certificate is the user's own."""
    holder = holder_of(certificate)
    return holder is not None and bool(holder.user_id == user.pk)


def opened_by(certificate: Certificate, user: Any, *, ip: str | None = None) -> bool:
    """Whether `user` may read the sheet: its holder, or an officer, whose look is logged with its purpose."""
    holder = holder_of(certificate)
    if holder is None or not user.is_authenticated:
        return False
    if holder.user_id == user.pk:
        return True
    if not has_role(user, Role.OFFICER):
        return False
    disclose(holder.user, "name", by=user, purpose=_("下载证书%(number)s") % {"number": certificate.number}, ip=ip)
    return True


def outdate_record(record: ServiceRecord, *, by: Any) -> None:
    """A corrected or voided record stands on sheets that were issued: mark them, tell holder and officers."""

    def says(facts: CertificateFacts) -> bool:
        return any((row.day, row.project) == (record.date, record.activity) for row in facts.rows)

    _outdate(record.volunteer, says, reason=record.reason, by=by)
    record_taken_away.send(sender=ServiceRecord, record=record, by=by)


def outdate_person(volunteer: Volunteer, corrections: Sequence[Correction], *, by: Any) -> None:
    """The same for a name or an identity number; a birth date stands on no sheet."""
    fields = {correction.field for correction in corrections}

    def says(facts: CertificateFacts) -> bool:
        return "name" in fields or ("id_number" in fields and bool(facts.id_masked))

    _outdate(volunteer, says, reason=corrections[0].why, by=by)


def _outdate(volunteer: Volunteer, says: Callable[[CertificateFacts], bool], *, reason: str, by: Any) -> None:
    for certificate in mark_outdated(holder_key(volunteer), says=says, reason=reason):
        if certificate.state == State.REQUESTED and not certificate.facts.honour:
            continue  # it will be dropped when it is to be issued, and its holder told then
        telling_certificates.certificate_outdated(volunteer, certificate.number, reason=reason, by=by)


def facts_of(volunteer: Volunteer, records: Sequence[ServiceRecord], *, scope: Scope, seal: bool) -> CertificateFacts:
    """What the sheet says, from confirmed records alone, oldest first, in the design that prints now.

    The period of a project is that of its services.
    """
    name = volunteer.user.name
    facts = CertificateFacts(
        holder_name=name,
        holder_masked=mask_name(name) if len(name) > 1 else "*",
        id_kind=str(_("居民身份证")) if volunteer.id_number else "",
        id_masked=mask_id_number(volunteer.id_number),
        volunteer_number=volunteer.number,
        period_start=scope.start or records[0].date,
        period_end=scope.end or records[-1].date,
        main_content=_main_content(records),
        programme=programme_of({record.project.brand for record in records}),
        bodies=_bodies(records),
        rows=tuple(row_of(record) for record in records),
        part=scope.part,
        seal=seal,
    )
    return designs.dressed(facts, designs.current(Kind.RECORD))


def row_of(record: ServiceRecord) -> ServiceRow:
    """The line of a record."""
    return ServiceRow(
        day=record.date,
        project=record.activity,
        content=record.content,
        place=record.place,
        minutes=record.minutes,
        grade=ProofGrade(str(record.grade)),
    )


def _main_content(records: Sequence[ServiceRecord]) -> str:
    done = {kind for record in records for kind in record.project.service_kinds}
    return "、".join(str(kind.label) for kind in ServiceKind if kind.value in done) or records[0].content


def programme_of(brands: Collection[Brand | None]) -> Programme:
    """The one brand served under; where there are several, or none, the site's own name."""
    site = identity()
    brand = next(iter(brands)) if len(brands) == 1 else None
    title = _("“%(name)s”为老志愿服务") % {"name": brand.name if brand else site.site_name}
    return Programme(
        title=title, accent=site.accent, motif=_MOTIFS.get(brand.slug, Motif.NONE) if brand else Motif.NONE
    )


def issuing_body() -> Body:
    """Who records and certifies: the site's organiser, or the site itself."""
    site = identity()
    return Body(name=footer().organiser or site.site_name, phone=site.phone)


def _bodies(records: Sequence[ServiceRecord]) -> tuple[Body, ...]:
    """Who records and certifies, and who organised when it was always the same body."""
    recording = issuing_body()
    organisers = {record.organiser for record in records} - {recording.name}
    if len(organisers) != 1:
        return (recording,)
    in_charge = {record.in_charge for record in records}
    organiser = Body(
        name=organisers.pop(), role=str(_("组织单位")), in_charge=in_charge.pop() if len(in_charge) == 1 else ""
    )
    return (recording, organiser)
