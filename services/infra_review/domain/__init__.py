"""The law of Chapter 3 as pure deciders: designation (`operator`) and prior notification (`notification`)."""

from services.infra_review.domain.notification import notification
from services.infra_review.domain.operator import operator

__all__ = ["notification", "operator"]
