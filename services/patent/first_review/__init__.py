"""The first review (第一次審査, Art. 66): which applications go to the Prime Minister."""
