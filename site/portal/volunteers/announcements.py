"""What becomes of service records, for features above; sent in the transaction that changes them."""

from django.dispatch import Signal

#: With `record` and `by`: a record that may have counted was corrected or voided, so less may be confirmed than before.
record_taken_away = Signal()
