"""What is left to see of personal data, in code and in templates."""

import pytest
from django.template import Context, Template

from portal.core import masking


@pytest.mark.parametrize(
    ("filter_name", "value", "shown"),
    [
        ("mask_name", "张三", "张*"),
        ("mask_name", "欧阳示例", "欧***"),
        ("mask_name", "张", "张"),
        ("mask_name", "", ""),
        ("mask_name", None, ""),
        ("mask_mobile", "13812345678", "138****5678"),
        ("mask_mobile", "23119999", "******99"),
        ("mask_mobile", "1", "1"),
        ("mask_mobile", "", ""),
        ("mask_mobile", None, ""),
        ("mask_email", "wang@example.org", "w****@example.org"),
        ("mask_email", None, ""),
        ("mask_id_number", "120101195801010012", "1201***********012"),
        ("mask_id_number", "1234", "****"),
        ("mask_id_number", None, ""),
        ("mask_address", "天津市和平区示例路1号2门301", "天津市和平区****"),
        ("mask_address", "", ""),
        ("mask_birth_date", "1958-01-01", "1958-**-**"),
        ("mask_birth_date", None, ""),
    ],
)
def test_function_and_filter_show_the_same(filter_name: str, value: str | None, shown: str) -> None:
    drawn = Template(f"{{% load masking %}}{{{{ value|{filter_name} }}}}").render(Context({"value": value}))

    assert getattr(masking, filter_name)(value) == shown
    assert drawn == shown


def test_a_masked_script_is_still_text() -> None:
    drawn = Template("{% load masking %}{{ value|mask_email }}").render(Context({"value": "<b>@<script>"}))

    assert "<" not in drawn
