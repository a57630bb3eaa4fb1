"""Chapter 3: stable provision of essential infrastructure services, Arts. 49-59.

特定社会基盤役務の安定的な提供の確保. Its words: operator (特定社会基盤事業者), designation (指定), specified
critical equipment (特定重要設備), plan (導入等計画書), notification (届出), acceptance (受理), standstill
(禁止期間), recommendation (勧告), accepting one (応諾), order (命令).

Its procedures stand in `domain`, and on one page in `chapter`.
"""
