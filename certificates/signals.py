"""What becomes of a certificate; sent in the transaction that changes it, with `certificate`."""

from django.dispatch import Signal

#: The PDF is stored and the certificate counts.
certificate_issued = Signal()

#: Every retry is used up; `certificate.failure` says why.
certificate_failed = Signal()

#: A key in use ends soon, or has ended: once for each of the two, with `key` in place of a certificate.
key_ending = Signal()

#: What it says held no longer when it was to be issued: it never counted. `replaces` is what it was to replace,
#: `reason` why, lazy as `certificates.standing` gave it.
certificate_dropped = Signal()

#: Its content is about to go, its time is over: whoever joins its number with a person lets go of one of the two.
certificate_forgotten = Signal()

#: A proposal to revoke came to nothing, because a corrected one replaced the certificate first; with `revocation`.
revocation_lapsed = Signal()

#: It counts no more: `certificate.state` is superseded or revoked.
certificate_ended = Signal()
