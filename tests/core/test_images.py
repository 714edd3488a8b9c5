"""What may be uploaded as a picture, and how it is shown."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import override_settings
from PIL import Image

from portal.core.models import SiteImage

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png(width: int = 60, height: int = 40) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(output, "PNG")
    return output.getvalue()


def upload(client: Any, content: bytes, name: str = "窗前.png", alternative: str = "窗前两把椅子", **over: Any) -> Any:
    file = SimpleUploadedFile(name, content)
    data = {"title": "窗前", "file": file, "alternative": alternative, "collection": 1, **over}
    return client.post("/cms/images/add/", data)


@pytest.fixture
def publicist(tenant_a: Any, client_for: Any, settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = str(tmp_path)
    return client_for(tenant_a, "publicist")


def test_a_picture_with_its_alternative_text_is_kept(publicist: Any) -> None:
    assert upload(publicist, png()).status_code == 302
    assert SiteImage.objects.get().default_alt_text == "窗前两把椅子"


def test_a_picture_without_alternative_text_is_refused_with_its_field(publicist: Any) -> None:
    answer = upload(publicist, png(), alternative="")

    assert "alternative" in answer.context["form"].errors
    assert not SiteImage.objects.exists()


def test_the_chooser_asks_for_the_alternative_text_too(publicist: Any) -> None:
    file = SimpleUploadedFile("a.png", png())
    data = {"image-chooser-upload-title": "窗前", "image-chooser-upload-file": file}
    answer = publicist.post("/cms/images/chooser/create/", data)

    assert answer.json()["step"] == "reshow_creation_form"
    assert 'w-field--error" data-field data-contentpath="alternative"' in answer.json()["htmlFragment"]
    assert not SiteImage.objects.exists()


def test_many_at_once_wait_for_their_alternative_texts(publicist: Any) -> None:
    data = {"title": "窗前", "files[]": SimpleUploadedFile("a.png", png()), "collection": "1"}
    answer = publicist.post("/cms/images/multiple/add/", data, headers={"X-Requested-With": "XMLHttpRequest"})

    assert "alternative" in answer.json()["form"]
    assert not SiteImage.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"\x00\x01 not a picture", "a.png", "请上传一张有效的图片"),
        (SVG, "a.svg", "不支持的图片格式"),
        (SVG, "a.png", "扩展名与文件格式不匹配"),
        (png(), "a.jpg", "jpeg"),
    ],
    ids=["no picture", "svg", "svg named png", "png named jpg"],
)
def test_what_is_no_picture_is_refused_in_chinese(publicist: Any, content: bytes, name: str, message: str) -> None:
    answer = upload(publicist, content, name)
    errors = " ".join(answer.context["form"].errors["file"])

    assert message in errors
    assert not SiteImage.objects.exists()


def test_a_file_over_the_limit_is_refused_with_both_sizes(publicist: Any) -> None:
    answer = upload(publicist, png() + b"\0" * (10 * 1024 * 1024))
    errors = " ".join(answer.context["form"].errors["file"])

    assert "10.0" in errors
    assert not SiteImage.objects.exists()


@override_settings(WAGTAILIMAGES_MAX_IMAGE_PIXELS=1000)
def test_a_picture_of_too_many_pixels_is_refused(publicist: Any) -> None:
    assert "像素" in " ".join(upload(publicist, png()).context["form"].errors["file"])


def test_the_tag_offers_widths_and_the_alternative_text(publicist: Any) -> None:
    upload(publicist, png(2000, 1400), alternative='窗"前')
    image = SiteImage.objects.get()
    markup = Template("{% load pictures %}{% picture image %}").render(Context({"image": image}))

    assert "480w" in markup
    assert "1440w" in markup
    assert 'loading="lazy"' in markup
    assert 'alt="窗&quot;前"' in markup
    assert 'width="960" height="640"' in markup


def test_no_picture_draws_nothing(db: None) -> None:
    assert Template("{% load pictures %}{% picture image %}").render(Context({"image": None})) == ""


def test_another_tenants_picture_is_not_there(tenant_a: Any, tenant_b: Any, publicist: Any, client_for: Any) -> None:
    upload(publicist, png())
    image = SiteImage.objects.get()

    assert client_for(tenant_b, "officer").get(f"/cms/images/{image.pk}/").status_code in {302, 404}
