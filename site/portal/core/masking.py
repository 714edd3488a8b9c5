"""How personal data is shown: one function for each kind, used by every screen, export and page."""


def mask_name(name: str) -> str:
    """张* for 张三: the first character stays, each further one becomes a star."""
    return name[:1] + "*" * (len(name) - 1)


def mask_mobile(mobile: str) -> str:
    """138****5678; shorter numbers lose all but the last two digits."""
    if len(mobile) < 8:
        return "*" * max(len(mobile) - 2, 0) + mobile[-2:]
    return f"{mobile[:3]}{'*' * (len(mobile) - 7)}{mobile[-4:]}"


def mask_id_number(number: str) -> str:
    """1201***********012: four digits of the place, the last three."""
    if len(number) < 8:
        return "*" * len(number)
    return f"{number[:4]}{'*' * (len(number) - 7)}{number[-3:]}"


def mask_address(address: str) -> str:
    """The first six characters; house and door never show."""
    return address[:6] + "****" if address else ""


def mask_birth_date(date: str) -> str:
    """1958-**-** : the year alone."""
    return f"{date[:4]}-**-**" if date else ""
