"""The preservation designation (保全指定, Arts. 70-77, 81, 82): its term, its effects, its shifts."""
