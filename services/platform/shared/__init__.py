"""What several chapters share beyond the corridor itself: powers they all have, the daily work of offices.

A chapter takes such a power by naming its own article, roles and rules; its words stay the chapter's own.
"""
