"""Verbs on pages."""

from portal.home.domain.policies import publish_governing_policy, publish_policy

__all__ = ["publish_governing_policy", "publish_policy"]
