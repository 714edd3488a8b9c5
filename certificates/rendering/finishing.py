"""Last touches on a PDF that WeasyPrint has laid out, before it is written."""

import zlib

import pydyf


def put_behind(pdf: pydyf.PDF, form: pydyf.Stream) -> None:
    """Paint the ornament first on the first page, marked as artifact: a screen reader passes it by."""
    pdf.add_object(form)
    objects = {item.reference: item for item in pdf.objects}
    page = objects[pdf.page_references[0]]
    objects[page["Resources"]]["XObject"]["ornament"] = form.reference
    objects[page["Contents"]].stream.insert(0, b"/Artifact BMC q /ornament Do Q EMC")


def deflate_once(pdf: pydyf.PDF) -> None:
    """Compress the streams now: pydyf would do so twice, for the file and for its identifier."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            parts = [part if isinstance(part, bytes) else pydyf._to_bytes(part) for part in item.stream]
            item.stream = [zlib.compress(b"\n".join(parts), 9)]
            item.extra["Filter"] = "/FlateDecode"
            item.compress = False
