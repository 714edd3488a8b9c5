"""What the front page and policy documents are composed of."""

from portal.home.blocks.home import HomeBlock
from portal.home.blocks.policy import PolicyBlock

__all__ = ["HomeBlock", "PolicyBlock"]
