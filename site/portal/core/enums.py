"""The vocabulary that every site shares: kinds of service, whom they serve, who may come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceKind(models.TextChoices):
    """What is done (Guangxi seed 三(一)3, Tianjin seed 三(三)(四))."""

    PHONE_CALL = "phone_call", _("电话问候")
    HOME_VISIT = "home_visit", _("上门探访")
    COMPANIONSHIP = "companionship", _("聊天慰藉")
    MEALS_ERRANDS = "meals_errands", _("送餐代购")
    ACCIDENT_PREVENTION = "accident_prevention", _("意外防范")
    EMERGENCY = "emergency", _("应急救援")
    REPORT_NEEDS = "report_needs", _("反馈需求")
    HEALTH_TALK = "health_talk", _("健康讲座、义诊")
    COUNSELLING = "counselling", _("心理抚慰")
    HEALTH_CARE = "health_care", _("养生保健")
    RECREATION = "recreation", _("文体娱乐")
    SMART_TECH = "smart_tech", _("智能技术培训")
    CARER_TRAINING = "carer_training", _("照护者培训")


class Recipient(models.TextChoices):
    """Whom it serves first (Guangxi seed 二, Tianjin seed 四(二) and 一(三)二)."""

    ALL = "all", _("全体老年人")
    ADVANCED_AGE = "advanced_age", _("高龄")
    EMPTY_NEST = "empty_nest", _("空巢")
    LIVING_ALONE = "living_alone", _("独居")
    LEFT_BEHIND = "left_behind", _("留守")
    DISABLED = "disabled", _("失能")
    DEMENTIA = "dementia", _("失智")
    SEVERELY_HANDICAPPED = "severely_handicapped", _("重残")
    BEREAVED = "bereaved", _("失独")
    FAMILY_PLANNING = "family_planning", _("计划生育特殊家庭")
    POOR = "poor", _("经济困难")
    IN_CARE_HOME = "in_care_home", _("机构内老人")


class Participation(models.TextChoices):
    """In what company one may come."""

    INDIVIDUAL = "individual", _("一个人")
    FAMILY = "family", _("一家人")
    CLASS_GROUP = "class_group", _("一个班")
    TEAM = "team", _("一支队伍")


class DivisionLevel(models.TextChoices):
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("区县")
    STREET = "street", _("街道（乡镇）")
    COMMUNITY = "community", _("社区（村）")
