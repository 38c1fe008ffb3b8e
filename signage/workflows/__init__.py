"""Load, ask the domain, save: what people and machines do with signage, one transaction each."""
