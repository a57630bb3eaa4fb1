"""Who stands where in the platform's own small procedures."""

from services.platform.law.parties import AUDITOR, Role

OPERATOR = Role("operator", "organisation", "Reader", "利用者")
AGENT = Role("agent", "mandate", "Agent", "代理人")
REVIEWING_OFFICIAL = Role("reviewing_official", "ministry", "Librarian", "司書")
ROLES = (OPERATOR, AGENT, REVIEWING_OFFICIAL, AUDITOR)
