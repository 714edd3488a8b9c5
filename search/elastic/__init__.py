"""The Elasticsearch engine, its index and what feeds it."""
