"""What is typed of one person, and what is thought of it: for every form that asks who it is."""
