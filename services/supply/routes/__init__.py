"""The routes of Chapter 2 that are written out: those that look something up, and those for everyone."""
