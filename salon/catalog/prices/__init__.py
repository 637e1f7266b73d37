"""Price lists, and what each price was before."""
