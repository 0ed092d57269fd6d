"""Whose packets count: the keys of users of other vaults, and one's own."""
