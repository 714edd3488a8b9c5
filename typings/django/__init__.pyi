# Django ships no types and we do not use the stubs (docs/decisions/0001): everything is Any but what stands here.
from typing import Any

def __getattr__(name: str) -> Any: ...
