"""What kinds of body the contact directory lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """Whom one may call to arrange help (Tianjin seed 四(二), Guangxi seed 三(二)2)."""

    CIVIL_AFFAIRS = "civil_affairs", _("民政部门")
    DEPARTMENT = "department", _("其他责任部门")
    STREET = "street", _("街道（乡镇）")
    COMMUNITY = "community", _("社区（村）")
    CARE_HOME = "care_home", _("养老机构")
    COMPLEX = "complex", _("养老服务综合体")
    SOCIAL_WORK = "social_work", _("社工站")
    SCHOOL = "school", _("学校")
    VOLUNTEERS = "volunteers", _("志愿服务组织")
    SOCIAL_ORGANISATION = "social_organisation", _("社会组织")
    MEDICAL = "medical", _("医疗机构")


#: Who answers for a place: the nearest of these stands above the list.
RESPONSIBLE = (EntryKind.CIVIL_AFFAIRS, EntryKind.STREET)
