"""Support bodies (安定供給確保支援法人) and support agencies (安定供給確保支援独立行政法人): Arts. 31-43.

One case a material: designated, its rules approved, its yearly plans and reports, its fund, and its end. Its
fund is kept by double entry; subsidies move it in the same transaction as their own cases.
"""

from services.supply.domain.support_body.procedure import support_body

__all__ = ["support_body"]
