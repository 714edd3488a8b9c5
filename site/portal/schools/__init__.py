"""What schools take along of their pupils: certificates in one file, hours for their own system."""
