"""What a procedure of the law is made of: values, powers, stages, parties. Pure."""
