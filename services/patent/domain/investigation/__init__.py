"""Finding out (資料の収集等): whom the Prime Minister may ask, and under which secrecy (Art. 67(2)-(8)).

Arts. 70(4), 73(5), 77(3) and 80(4) apply it to what comes after the review.
"""
