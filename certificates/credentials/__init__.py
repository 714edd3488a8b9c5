"""Open Badges 3.0 beside the PDF: the facts of a certificate as a W3C credential, signed, with a status list."""
