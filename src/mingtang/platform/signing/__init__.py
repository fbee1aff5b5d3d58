"""Who signs a document, level by level: the levels as rows, the chain a document runs through, who signed when."""
