"""The routes of the chapter that are written out."""
