"""What a browser gets: the pages, their words, the widget and how it is put on other pages."""
