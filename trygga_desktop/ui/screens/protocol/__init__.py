"""The protocol of a meeting before it goes onto paper: for whom, how it looks, print, save."""
