"""What kinds of body take part, and what a person is within one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """The bodies that the seeds name (Tianjin seed 三(二)、三(四), Guangxi seed 三)."""

    VOLUNTEER_TEAM = "volunteer_team", _("志愿服务队伍")
    SOCIAL_ORGANISATION = "social_organisation", _("社会组织")
    SOCIAL_WORK_STATION = "social_work_station", _("社工站")
    SCHOOL = "school", _("学校")
    CARE_HOME = "care_home", _("养老机构")
    SERVICE_COMPLEX = "service_complex", _("养老服务综合体")
    COMMUNITY = "community", _("社区（村）")
    STREET_OFFICE = "street_office", _("街道办事处（乡镇政府）")
    DEPARTMENT = "department", _("机关部门")
    HOSPITAL = "hospital", _("医疗机构")
    ENTERPRISE = "enterprise", _("企业")
    OTHER = "other", _("其他")


class Consent(models.TextChoices):
    """What a member lets a body do with certificates: each given and taken back for itself (个人信息保护法 art. 14)."""

    ASK = "ask", _("代您申请证明")
    DOWNLOAD = "download", _("下载您的证书")


class MemberRole(models.TextChoices):
    """Managers run the organisation's page and its members; leaders take charge of shifts."""

    MANAGER = "manager", _("管理员")
    LEADER = "leader", _("领队")
    MEMBER = "member", _("成员")
