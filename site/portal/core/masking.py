"""How personal data is shown: one function for each kind, used by every screen, export and page."""


def mask_name(name: str | None) -> str:
    """张* for 张三: the first character stays, each further one becomes a star."""
    return name[:1] + "*" * (len(name) - 1) if name else ""


def mask_mobile(mobile: str | None) -> str:
    """138****5678; shorter numbers lose all but the last two digits."""
    if not mobile:
        return ""
    if len(mobile) < 11:
        return "*" * max(len(mobile) - 2, 0) + mobile[-2:]
    return f"{mobile[:3]}{'*' * (len(mobile) - 7)}{mobile[-4:]}"


def mask_email(address: str | None) -> str:
    """w****@example.org: the first letter and the host."""
    name, at, host = (address or "").partition("@")
    return f"{name[:1]}****{at}{host}" if name else ""


def mask_id_number(number: str | None) -> str:
    """1201***********012: four digits of the place, the last three."""
    if not number:
        return ""
    if len(number) < 8:
        return "*" * len(number)
    return f"{number[:4]}{'*' * (len(number) - 7)}{number[-3:]}"


def mask_address(address: str | None) -> str:
    """The first six characters; house and door never show."""
    return address[:6] + "****" if address else ""


def mask_birth_date(date: object) -> str:
    """1958-**-** : the year alone."""
    return f"{str(date)[:4]}-**-**" if date else ""
