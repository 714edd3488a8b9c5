"""What editors may upload and write."""

WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif"]  # no SVG: it can carry scripts
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # a 50-megapixel photograph; more is an attack or a poster for print
WAGTAILDOCS_EXTENSIONS = ["pdf", "ofd", "doc", "docx", "wps", "xls", "xlsx", "et", "ppt", "pptx", "txt", "csv", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h2", "h3", "bold", "ol", "ul", "hr", "link", "document-link"]},
    }
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.wagtail_backend"}}  # finds Chinese
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is fetched from elsewhere
# While something is in review its reviewers alone may edit it. Asking for approval of every revision anew would make
# the button 批准 on the form save and approve nothing: its own saving is a revision that nobody has approved yet.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
