"""Cases: the fold of their acts, kept in one table a service."""
