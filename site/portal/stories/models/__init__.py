"""Stories, the people in them, and the consents on which they stand."""

from portal.stories.models.consent import Consent, ConsentUse
from portal.stories.models.index import StoryIndexPage
from portal.stories.models.parts import StoryFact, StoryPerson
from portal.stories.models.story import StoryPage

__all__ = ["Consent", "ConsentUse", "StoryFact", "StoryIndexPage", "StoryPage", "StoryPerson"]
