"""The procedures of Chapter 5 as pure deciders: a folder for each, and what several of them share."""
