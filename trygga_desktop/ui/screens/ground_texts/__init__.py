"""The texts of the legal grounds, and who confirmed each: a page for administrators."""
