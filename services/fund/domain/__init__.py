"""The law of Art. 63 and its fund, by procedure. Pure."""
