"""The plan for introduction or outsourcing (導入等計画書): its contents, its defects, its changes. Pure.

model       what a plan says (Art. 52(2), METI Order Arts. 9-17)
defects     everything that keeps it from being complete, at once
precheck    whether a plan must be filed at all
changes     what a difference between two plans leads to (Art. 54)
refiling    how a plan filed again after a recommendation differs from the one before (Art. 52(8))
passport    what a supplier files itself, sealed from the operator
amended     what an amendment of the orders changed between two days

Where the code says "Order" and an article, it is METI's; what people read cites the order of their own
ministry, whose numbers differ (`services.infra_review.orders`).
"""
