"""Surveys of supply chains: what respondents answer, and what depends on whom (Art. 48(1)-(3))."""
