"""A tenant's own mark takes the place of its plate."""

from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image

from portal.core.models import SiteIdentity, SiteImage


def test_an_uploaded_logo_stands_in_the_masthead_instead_of_the_plate(tenant_a: Any, client_for: Any) -> None:
    drawn = BytesIO()
    Image.new("RGB", (400, 200), "#8c2730").save(drawn, "PNG")
    logo = SiteImage.objects.create(
        title="标志", alternative="本站标志", file=ImageFile(BytesIO(drawn.getvalue()), name="logo.png")
    )
    identity = SiteIdentity.objects.first()
    identity.logo = logo
    identity.save()

    page = client_for(tenant_a).get("/projects/").content.decode()
    masthead = page[page.index('<a class="brand"') : page.index("brand-words")]

    rendition = logo.renditions.get()
    assert (rendition.width, rendition.height) == (192, 96)
    assert f'src="{rendition.url}" width="192" height="96"' in masthead
    assert "plate" not in masthead
