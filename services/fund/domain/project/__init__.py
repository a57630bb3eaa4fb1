"""A research project (研究開発プロジェクト) or individual research (個別研究), phase by phase."""

from services.fund.domain.project import follow_up, gates, money, powers, results
from services.fund.domain.project.state import project

__all__ = ["follow_up", "gates", "money", "powers", "project", "results"]
