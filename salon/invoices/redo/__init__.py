"""Work that is done again for nothing, because the first was no good (کار مجدد)."""
