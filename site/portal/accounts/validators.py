"""What a password must be (domain §7: at least 8 characters of 3 classes)."""

from typing import Any

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class LengthAndClasses:
    """At least `min_length` characters from at least `classes` of: small, capital, digit, other."""

    def __init__(self, min_length: int = 8, classes: int = 3) -> None:
        self.min_length = min_length
        self.classes = classes

    def validate(self, password: str, user: Any = None) -> None:
        errors = []
        missing = self.min_length - len(password)
        if missing > 0:
            text = _("还差%(missing)d位：密码至少%(length)d位。")
            errors.append(ValidationError(text, code="short", params={"missing": missing, "length": self.min_length}))
        if _classes(password) < self.classes:
            text = _("密码只用了%(used)d类字符：大写字母、小写字母、数字、符号，至少要有%(classes)d类。")
            errors.append(
                ValidationError(text, code="classes", params={"used": _classes(password), "classes": self.classes})
            )
        if errors:
            raise ValidationError(errors)

    def get_help_text(self) -> str:
        return _("至少%(length)d位，大写字母、小写字母、数字、符号里至少有%(classes)d类。") % {
            "length": self.min_length,
            "classes": self.classes,
        }


class NotOneself(UserAttributeSimilarityValidator):
    """Nothing that stands in the person's own data, nor their mobile number."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "name", "email", "mobile"), max_similarity=0.7)


def _classes(password: str) -> int:
    tests = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum() or not sign.isascii())
    return sum(any(test(sign) for sign in password) for test in tests)
