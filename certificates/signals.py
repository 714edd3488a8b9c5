"""What becomes of a certificate; sent in the transaction that changes it, with `certificate`."""

from django.dispatch import Signal

#: The PDF is stored and the certificate counts.
certificate_issued = Signal()

#: Every retry is used up; `certificate.failure` says why.
certificate_failed = Signal()

#: It counts no more: `certificate.state` is superseded or revoked.
certificate_ended = Signal()
