"""Doors: the entry points of the Lambda functions, one of each kind for all services.

Each is told its service by the environment (`SERVICE`) and opens on that service's own page: `chapter` (its
procedures), `reactions` or `api`.
"""
