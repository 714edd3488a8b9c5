"""The people and bodies of a demo site, all clearly samples."""

import random
from datetime import date, timedelta
from itertools import pairwise

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from portal.accounts.models import User
from portal.core.digests import digest
from portal.core.models import Division
from portal.organisations.enums import MemberRole, OrganisationKind
from portal.organisations.models import Membership, Organisation
from portal.volunteers.models import Volunteer
from tenants.models import Tenant

PASSWORD = "Yinling-2026"  # noqa: S105  (printed for everyone who starts the demo)

SIGN_INS: list[tuple[str, str]] = [
    ("主管 officer", "officer"),
    ("另一位主管 officer2", "officer2"),
    ("宣传 publicist", "publicist"),
    ("审核 reviewer", "reviewer"),
    ("社区工作者 community", "community_worker"),
    ("组织管理员 organisation", "organisation_manager"),
    ("学校管理员 school", "school_manager"),
    ("志愿者 volunteer", "volunteer"),
]
ROLE_NAMES = {
    "officer": "周敏（示例）",
    "officer2": "何平（示例）",
    "publicist": "吴静（示例）",
    "reviewer": "郑红（示例）",
    "community_worker": "王芳（示例）",
    "organisation_manager": "刘洋（示例）",
    "school_manager": "陈晨（示例）",
    "volunteer": "李明（示例）",
}
COMMUNITIES = ["春晖社区", "和苑社区", "安居里社区", "向阳社区", "桂花社区", "河畔社区"]
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗韦覃莫蒙"
_GIVEN = [
    "秀英",
    "建国",
    "桂兰",
    "淑珍",
    "志强",
    "子涵",
    "雨桐",
    "浩然",
    "思远",
    "玉梅",
    "建华",
    "丽娟",
    "晓东",
    "欣怡",
]
_VOLUNTEERS = 26
_PUPILS = 5
_CLASSES = ["护理2401班", "护理2402班"]

#: Key in projects.toml → kind and name; {place} is the site's short name.
BODIES: dict[str, tuple[OrganisationKind, str]] = {
    "community": (OrganisationKind.COMMUNITY, "{community}居委会（示例）"),
    "school": (OrganisationKind.SCHOOL, "{place}示例职业学院"),
    "social": (OrganisationKind.SOCIAL_ORGANISATION, "{place}示例养老服务促进会"),
    "complex": (OrganisationKind.SERVICE_COMPLEX, "{street}养老服务综合体（示例）"),
    "care_home": (OrganisationKind.CARE_HOME, "{place}示例养老院"),
    "hospital": (OrganisationKind.HOSPITAL, "{street}社区卫生服务中心（示例）"),
    "department": (OrganisationKind.DEPARTMENT, "{place}机关志愿服务队（示例）"),
}


def fill(*, tenant: Tenant, today: date, rng: random.Random) -> None:
    """Communities, bodies with their managers, one person for each role, and volunteers."""
    streets = list(Division.objects.filter(level="street").order_by("code"))
    communities = Division.objects.bulk_create(communities_in(streets))
    _make_neighbours(communities)
    users = _make_roles()
    bodies = bodies_in(tenant, communities)
    Organisation.objects.bulk_create(bodies.values())
    _make_members(users, bodies)
    _make_volunteers(users, communities, today, rng)
    _make_pupils(bodies["school"])


def sample_phone(tenant: Tenant, number: int) -> str:
    """A number of the kind that is kept free for examples."""
    area = "022" if tenant.division_code.startswith("12") else "0771"
    return f"{area}-5555{number % 10000:04d}"


def communities_in(streets: list[Division]) -> list[Division]:
    """Six communities in streets across the site; real ones are added by officers or by import."""
    chosen = [streets[number * len(streets) // len(COMMUNITIES)] for number in range(len(COMMUNITIES))]
    rows = []
    for number, (street, name) in enumerate(zip(chosen, COMMUNITIES, strict=True), start=1):
        rows.append(Division(code=f"{street.code}9{number:02}", name=name, level="community", parent=street))
    return rows


def _make_roles() -> dict[str, User]:
    password = make_password(PASSWORD)
    groups = {group.name: group for group in Group.objects.all()}
    users = User.objects.bulk_create(
        User(username=role, name=name, email=f"{role}@example.org", password=password)
        for role, name in ROLE_NAMES.items()
    )
    User.groups.through.objects.bulk_create(
        User.groups.through(user=user, group=groups[user.username.rstrip("2")]) for user in users
    )
    return {user.username: user for user in users}


def _make_neighbours(communities: list[Division]) -> None:
    beside = Division.neighbours.through
    pairs = [pair for here, there in pairwise(communities) for pair in ((here, there), (there, here))]
    beside.objects.bulk_create(beside(from_division=here, to_division=there) for here, there in pairs)


def bodies_in(tenant: Tenant, communities: list[Division]) -> dict[str, Organisation]:
    """One body of each kind, by its key in projects.toml."""
    rows = {}
    for number, (key, (kind, name)) in enumerate(BODIES.items()):
        community = communities[number % len(communities)]
        street = community.parent
        rows[key] = Organisation(
            name=name.format(place=tenant.short_name, community=community.name, street=street.name),
            kind=kind,
            division=community if key == "community" else street,
            address=f"{street.name}示例路{number * 6 + 2}号",
            contact_name="值班员（示例）",
            phone=sample_phone(tenant, 100 + number),
        )
    return rows


def _make_members(users: dict[str, User], bodies: dict[str, Organisation]) -> None:
    manager, school = users["organisation_manager"], users["school_manager"]
    Membership.objects.bulk_create(
        [
            *(
                Membership(organisation=body, user=manager, role=MemberRole.MANAGER)
                for key, body in bodies.items()
                if key != "school"
            ),
            Membership(organisation=bodies["school"], user=school, role=MemberRole.MANAGER),
            Membership(organisation=bodies["community"], user=users["community_worker"], role=MemberRole.LEADER),
        ]
    )


def _make_volunteers(users: dict[str, User], communities: list[Division], today: date, rng: random.Random) -> None:
    names = rng.sample([surname + given for surname in _SURNAMES for given in _GIVEN], _VOLUNTEERS)
    people = User.objects.bulk_create(
        User(
            username=f"v{number:03}",
            name=name,
            mobile=f"1990000{number:04d}",
            mobile_digest=digest(f"1990000{number:04d}", purpose="mobile"),
            password="!",  # noqa: S106  (nobody signs in as them)
        )
        for number, name in enumerate(names, start=1)
    )
    group = Group.objects.get(name="volunteer")
    User.groups.through.objects.bulk_create(User.groups.through(user=user, group=group) for user in people)
    everyone = [users["volunteer"], *people]
    code = communities[0].code[:6]
    Volunteer.objects.bulk_create(
        Volunteer(
            user=user,
            number=f"{code}{number:06}",
            birth_date=(today - timedelta(days=rng.randint(19, 69) * 365 + 40)).isoformat(),
            division=rng.choice(communities),
            privacy_consented_at=timezone.now(),
        )
        for number, user in enumerate(everyone, start=900001)
    )


def _make_pupils(school: Organisation) -> None:
    """The youngest study here; one has not allowed the school anything, nor has the volunteer who signs in.

    Another lets it download, and not ask.
    """
    everyone = list(Volunteer.objects.select_related("user"))
    others = [volunteer for volunteer in everyone if volunteer.user.username != "volunteer"]
    youngest = sorted(others, key=lambda volunteer: volunteer.born, reverse=True)[:_PUPILS]
    own = [volunteer for volunteer in everyone if volunteer not in others]
    now = timezone.now()
    Membership.objects.bulk_create(
        Membership(
            organisation=school,
            user=volunteer.user,
            role=MemberRole.MEMBER,
            class_name=_CLASSES[number % len(_CLASSES)],
            certificates_allowed_at=now if 0 < number < len(youngest) else None,
            asking_allowed_at=now if 1 < number < len(youngest) else None,
        )
        for number, volunteer in enumerate([*youngest, *own])
    )
