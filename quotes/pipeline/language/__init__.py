"""What any text needs: words, vectors, tags, trees, entities, quotation marks."""
