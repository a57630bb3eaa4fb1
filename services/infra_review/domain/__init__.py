"""The law of Chapter 3 as pure deciders, a module or package for each procedure."""
