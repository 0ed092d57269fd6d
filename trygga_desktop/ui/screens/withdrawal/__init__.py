"""What a withdrawal means: what has stopped, who has received what, and the letters."""
