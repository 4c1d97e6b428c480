"""How a page is set in lines of text: the signs, the wrapping and the layout."""

#: No window has more rows or columns; what says so is no report of a size.
LARGEST_WINDOW = 2000
