"""The web kit: base pages, components, forms, paging, and the edges' shared manners."""
