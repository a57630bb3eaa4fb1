"""Documents made from the declarations: APIs, events, flow charts, the Act line by line. Never deployed."""
