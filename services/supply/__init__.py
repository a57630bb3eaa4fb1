"""Chapter 2: stable supply of specified critical materials, Arts. 6-48.

特定重要物資の安定的な供給の確保. Its words: specified critical material (特定重要物資),
supply plan (供給確保計画), certification (認定),
support body (安定供給確保支援法人), special measures (特別の対策).
"""
