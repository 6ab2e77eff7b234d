create text search dictionary plain (template = simple, accept = true);
