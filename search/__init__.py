"""Search: one listing for everything public, found by PostgreSQL or Elasticsearch."""
