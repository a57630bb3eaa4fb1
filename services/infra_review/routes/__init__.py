"""What Chapter 3 answers over HTTP besides its cases' own acts; each module adds its routes to the edge."""
