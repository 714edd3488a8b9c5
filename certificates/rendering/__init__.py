"""Facts to PDF bytes: pure, the same facts and templates give the same bytes."""
