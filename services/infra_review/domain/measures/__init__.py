"""Recommendation, answer and order (勧告・応諾・命令): Arts. 52(6)-(10), 54(2), 55 and 56(1).

The same ladder serves a plan under review, a change of one, and equipment already in use. `state` is what has
happened on it, and what makes a case `UnderReview`; `rules` are its conditions; `powers` are the acts the law
allows on it, and `grant` gives them to a procedure under the articles by which they apply there.
"""
