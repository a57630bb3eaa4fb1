"""Chapter 5: non-disclosure of patent applications, Arts. 65-85.

特許出願の非公開. Its words: first review (第一次審査), preservation review (保全審査),
preservation designation (保全指定), designated applicant (指定特許出願人),
foreign filing ban (外国出願の禁止).
"""
