"""The people and bodies of a demo site, all clearly samples."""

import random
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from portal.accounts.models import User
from tenants.models import Tenant

PASSWORD = "Yinling-2026"  # noqa: S105  (printed for everyone who starts the demo)

SIGN_INS: list[tuple[str, str]] = [
    ("主管 officer", "officer"),
    ("宣传 publicist", "publicist"),
    ("审核 reviewer", "reviewer"),
    ("社区工作者 community", "community_worker"),
    ("组织管理员 organisation", "organisation_manager"),
    ("学校管理员 school", "school_manager"),
    ("志愿者 volunteer", "volunteer"),
]


def fill(*, tenant: Tenant, today: date, rng: random.Random) -> None:
    """One person for each role."""
    password = make_password(PASSWORD)
    for role, name in ROLE_NAMES.items():
        user = User.objects.create(username=role, name=name, email=f"{role}@example.org", password=password)
        user.groups.add(Group.objects.get(name=role))


ROLE_NAMES = {
    "officer": "周敏（示例）",
    "publicist": "吴静（示例）",
    "reviewer": "郑红（示例）",
    "community_worker": "王芳（示例）",
    "organisation_manager": "刘洋（示例）",
    "school_manager": "陈晨（示例）",
    "volunteer": "李明（示例）",
}
