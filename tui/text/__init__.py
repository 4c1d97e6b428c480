"""How a page is set in lines of text: the signs, the wrapping and the layout."""
