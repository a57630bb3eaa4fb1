"""Chapter 4: councils for the development of specified critical technologies, Arts. 60-62 and 64.

特定重要技術の開発支援. Its words: specified critical technology (特定重要技術), council (協議会),
those who take part (構成員), duty of secrecy (守秘義務).
"""
