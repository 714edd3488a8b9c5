"""Where search finds Elasticsearch; without ELASTICSEARCH_URL PostgreSQL answers."""

from portal.settings import env

ELASTICSEARCH_URL = env.listing("ELASTICSEARCH_URL", "")
"""Addresses of one cluster's nodes."""
ELASTICSEARCH_API_KEY = env.text("ELASTICSEARCH_API_KEY", "")
ELASTICSEARCH_CA = env.text("ELASTICSEARCH_CA", "")
"""File with the certificate of the cluster's own authority, where the system does not know it."""
ELASTICSEARCH_PREFIX = env.text("ELASTICSEARCH_PREFIX", "yinling")
"""Names of our indices begin with it; two installations may share a cluster."""
ELASTICSEARCH_SHARDS = env.number("ELASTICSEARCH_SHARDS", 1)
"""Of the next index to be built; docs/elasticsearch.md has the sums."""
ELASTICSEARCH_SECONDS = env.number("ELASTICSEARCH_MILLISECONDS", 1000) / 1000
"""A reader waits so long for the cluster, then PostgreSQL answers."""
METRICS_TOKEN = env.text("METRICS_TOKEN", "")
"""With it monitoring reads `/metrics` on the platform's host; without it there is none."""
