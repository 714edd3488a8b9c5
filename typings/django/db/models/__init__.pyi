# A choice is a member of its enum, not the tuple it is declared with.
from enum import Enum, EnumMeta
from typing import Any

class ChoicesType(EnumMeta):
    choices: list[tuple[Any, str]]
    labels: list[str]
    values: list[Any]
    names: list[str]

class Choices(Enum, metaclass=ChoicesType):  # type: ignore[misc]  # members are in subclasses
    @property
    def label(self) -> str: ...

class TextChoices(str, Choices):  # type: ignore[misc]  # members are in subclasses
    @property
    def value(self) -> str: ...

class IntegerChoices(int, Choices):  # type: ignore[misc]  # members are in subclasses
    @property
    def value(self) -> int: ...

def __getattr__(name: str) -> Any: ...
