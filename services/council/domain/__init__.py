"""The law of councils and of commissioned research, by procedure: Arts. 62, 63(4) and 64. Pure."""
