"""What every page is made of: base templates, components, lists, forms, messages, errors."""
