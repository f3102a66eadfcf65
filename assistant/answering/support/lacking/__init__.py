"""What a question asks for that the text surely lacks: by the kind of thing, by its attribute, by its subject."""
