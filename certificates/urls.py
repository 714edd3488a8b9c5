"""Addresses of the check pages, the same on a tenant's host and on the platform's."""

from django.urls import path

from certificates.views import batch, check, shared

app_name = "certificates"
urlpatterns = [
    path("certificates/check/", check.check, name="check"),
    path("certificates/check/file/", check.check_file, name="check_file"),
    path("certificates/check/too-large/", check.too_large, name="too_large"),
    path("certificates/check/batch/", batch.batch, name="batch"),
    path("certificates/check/batch/csv/", batch.batch_csv, name="batch_csv"),
    path("certificates/check/<str:number>/", check.result, name="result"),
    path("certificates/shared/<str:token>/", shared.shared, name="shared"),
    path("certificates/shared/<str:token>/pdf/", shared.pdf, name="shared_pdf"),
    path("certificates/shared/<str:token>/credential/", shared.credential, name="shared_credential"),
    # QR codes hold capitals alone, which makes them smaller; people may type either.
    path("C/<str:number>", check.scanned, name="scanned"),
    path("c/<str:number>", check.scanned),
]
