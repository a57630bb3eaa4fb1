"""The law of Chapter 2, by procedure: acts, state, rules, powers, stages."""
