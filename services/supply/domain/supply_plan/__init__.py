"""Supply plans (供給確保計画): filed, certified, carried out, changed, cancelled. Arts. 9-12, 29."""

from services.supply.domain.supply_plan.procedure import supply_plan

__all__ = ["supply_plan"]
