"""Stories: a procedure played from beginning to end through the public API, in virtual time."""
