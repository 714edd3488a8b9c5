"""Search on PostgreSQL alone: no extension, always as true as the last commit."""
