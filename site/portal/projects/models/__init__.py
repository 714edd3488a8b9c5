"""Volunteer projects and their shifts."""

from portal.projects.models.project import Project
from portal.projects.models.shift import Shift

__all__ = ["Project", "Shift"]
