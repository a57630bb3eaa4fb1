"""Chapter 4: the designated fund and its councils, Art. 63.

指定基金. Its words: designated fund (指定基金), the minister in charge of it (指定基金所管大臣), fund council
(指定基金協議会).
"""
