"""The settings: language, theme, text size, passphrase."""
